package dev.whileaway.ops.cli;

import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.testkit.FakeServer;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.FakeHms;
import dev.whileaway.testkit.push.FakePushes;
import dev.whileaway.testkit.push.FakeWebPush;
import dev.whileaway.testkit.push.PushScript;
import dev.whileaway.testkit.smtp.SmtpSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway fake-provider`.
@Command(
    name = "fake-provider",
    description =
        "Plays a push provider on 127.0.0.1, in its real protocol, until it is stopped. It takes"
            + " every push that keeps the provider's rules, or does what --behaviour says. Or, as"
            + " smtp, plays a mail server that takes every mail and forgets it. It prints what"
            + " whileaway.yaml has to say to send to it, and a user to send to. Keys and browsers"
            + " are new ones at each start.",
    footer = {
      "  ./whileaway fake-provider apns --port 9443",
      "  ./whileaway fake-provider fcm --behaviour '20% after 500 accept, 10% 503 UNAVAILABLE'",
      "%nA behaviour is accept, hang, close (take it and hang up), goaway, turnaway [CODE] (a"
          + " GOAWAY that says that it was not looked at, with an error code of HTTP/2, such as 11;"
          + " 0 unless given), unregistered INSTANT, or a status and a reason (429 QUOTA_EXCEEDED"
          + " retry 30); before it, but for turnaway, may stand after MILLIS, and a percentage,"
          + " where several follow each other with commas."
    })
final class FakeProviderCommand extends ShellCommand implements Callable<Integer> {

  /// What can be played.
  enum Provider {
    APNS("--apns"),
    FCM("--fcm"),
    RUSTORE("--fcm"),
    WEBPUSH("--web"),
    HMS("--hms"),
    SMTP("--email");

    private final String flag;

    /// @param flag of `profile put`, for its recipients
    Provider(String flag) {
      this.flag = flag;
    }
  }

  @Parameters(paramLabel = "PROVIDER", description = "${COMPLETION-CANDIDATES}")
  private Provider provider = Provider.FCM;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Where it listens; 0, unless given: any free port.")
  private int port;

  @Option(
      names = "--behaviour",
      paramLabel = "WORDS",
      defaultValue = "accept",
      description =
          "What happens to each push (mails are always taken); ${DEFAULT-VALUE} unless given.")
  private String behaviour = "accept";

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Takes the key files that a client needs; a new temporary one unless given.")
  private @Nullable Path folder;

  @Option(
      names = "--received",
      paramLabel = "FILE",
      description =
          "Gets a line for each push that comes, with the device's token and the id of the digest;"
              + " complete once the provider has been stopped.")
  private @Nullable Path received;

  private static final int PORT_MAX = 65_535;

  @Override
  public Integer call() throws CommandFailure {
    try (FakeServer fake = start()) {
      Path files = folder == null ? Files.createTempDirectory("whileaway-fake-") : folder;
      out().printf("ready port=%d%n", fake.port());
      out().print("delivery:\n" + fake.settings(Files.createDirectories(files)) + "\n");
      out()
          .printf(
              "# whom it knows: ./whileaway profile put anna %s '%s'%n",
              provider.flag, fake.recipient());
      out().flush();
      new CountDownLatch(1).await();
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DONE;
    }
  }

  private FakeServer start() throws CommandFailure {
    if (port < 0 || port > PORT_MAX) {
      throw CommandFailure.badInput(
          "--port: expected a port up to 65535, or 0 for any free one, but found " + port);
    }
    try {
      return startAt(port);
    } catch (RuntimeException e) {
      throw CommandFailure.badInput(
          "--port: expected one that is free, but found that " + port + " cannot be opened: " + e);
    }
  }

  private FakeServer startAt(int port) throws CommandFailure {
    return switch (provider) {
      case APNS -> scripted(FakeApns.start(port));
      case FCM -> scripted(FakeFcm.start(port));
      case RUSTORE -> scripted(FakeFcm.startRuStore(port));
      case WEBPUSH -> scripted(FakeWebPush.start(port, new RunningClock(Optional.empty())));
      case HMS -> scripted(FakeHms.start(port));
      case SMTP -> forgetful(SmtpSink.start(port));
    };
  }

  private SmtpSink forgetful(SmtpSink sink) throws CommandFailure {
    if (received != null) {
      sink.close();
      throw CommandFailure.badInput(
          "--received: expected a provider of pushes, but found smtp, which forgets its mails");
    }
    return sink;
  }

  private FakePushes scripted(FakePushes fake) throws CommandFailure {
    try {
      fake.otherwise(PushScript.parse(behaviour));
      if (received != null) {
        ReceivedLines.write(fake, received);
      }
      return fake;
    } catch (IllegalArgumentException e) {
      fake.close();
      throw CommandFailure.badInput("--behaviour: " + e.getMessage());
    } catch (IOException e) {
      fake.close();
      throw CommandFailure.badInput(
          "--received: expected a file that can be written, but found " + e);
    }
  }
}
