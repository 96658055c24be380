package dev.whileaway.testkit.smtp;

import dev.whileaway.testkit.Script;
import dev.whileaway.testkit.Sends;
import dev.whileaway.testkit.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/// An SMTP server on 127.0.0.1 that takes every mail, unless it was told otherwise.
///
/// ```java
/// try (var server = FakeSmtpServer.start()) {
///   server.when("gone@example.org", SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));
///   ...
///   assertThat(server.messages()).hasSize(3);
/// }
/// ```
public final class FakeSmtpServer implements AutoCloseable {

  private static final int MAILS_KEPT = 10_000;

  private final Script<SmtpBehaviour> script = new Script<>(SmtpBehaviour.ACCEPT);
  private final Sends<ReceivedMail> mails;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Optional<SelfSigned> certificate;
  private final SMTPServer server;

  private FakeSmtpServer(Builder builder) {
    mails = new Sends<>(builder.kept);
    certificate = builder.certificateHost.map(SelfSigned::of);
    var smtp =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName(SelfSigned.LOCALHOST)
            .softwareName("fake")
            .insertReceivedHeaders(false)
            .executorService(threads)
            .fromAddressValidator(address -> true)
            .sessionHandler(counting())
            .messageHandlerFactory(session -> new FakeSmtpSession(session, script, mails));
    certificate.ifPresent(own -> smtp.enableTLS().startTlsSocketFactory(own.serverContext()));
    builder.login.ifPresent(login -> smtp.authenticationHandlerFactory(login).requireAuth());
    server = smtp.build();
    server.start();
  }

  /// Plain text, no login.
  public static FakeSmtpServer start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  public String host() {
    return SelfSigned.LOCALHOST;
  }

  public int port() {
    return server.getPortAllocated();
  }

  /// The certificate shown after STARTTLS.
  public SelfSigned certificate() {
    return certificate.orElseThrow(
        () -> new IllegalStateException("expected a server with STARTTLS"));
  }

  /// Says what happens to the next mails to an address.
  public void when(String address, SmtpBehaviour behaviour) {
    script.when(address, behaviour);
  }

  /// Says what happens to mails to addresses that [#when] does not name.
  public void otherwise(SmtpBehaviour behaviour) {
    script.otherwise(behaviour);
  }

  /// The mails taken, oldest first.
  public List<ReceivedMail> messages() {
    return mails.all();
  }

  /// How many mails were ever taken.
  public long count() {
    return mails.count();
  }

  /// How many connections were ever opened.
  public int connections() {
    return connections.get();
  }

  /// Closes all connections, as a server that restarts does, and goes on listening.
  public void hangUp() {
    sessions.forEach(session -> {
      try {
        session.closeSocket();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /// Calls `listener` for each mail, before its sender has the answer.
  public void onMail(Consumer<ReceivedMail> listener) {
    mails.onAdd(listener);
  }

  /// Closes the port and all connections.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop();
  }

  private SessionHandler counting() {
    return new SessionHandler() {
      @Override
      public SessionAcceptance accept(Session session) {
        connections.incrementAndGet();
        sessions.add(session);
        return SessionAcceptance.success();
      }

      @Override
      public void onSessionEnd(Session session) {
        sessions.remove(session);
      }
    };
  }

  /// What the server asks for.
  public static final class Builder {

    private Optional<String> certificateHost = Optional.empty();
    private Optional<EasyAuthenticationHandlerFactory> login = Optional.empty();
    private int kept = MAILS_KEPT;

    private Builder() {}

    /// Offers STARTTLS, with a certificate for `localhost` that nobody trusts.
    public Builder startTls() {
      return startTlsAs(SelfSigned.LOCALHOST);
    }

    /// Offers STARTTLS with a certificate for another host, as a machine in the middle would.
    public Builder startTlsAs(String host) {
      certificateHost = Optional.of(host);
      return this;
    }

    /// Takes mails only after this login.
    public Builder login(String username, String password) {
      login =
          Optional.of(
              new EasyAuthenticationHandlerFactory((name, secret, session) -> {
                if (!name.equals(username) || !secret.equals(password)) {
                  throw new LoginFailedException();
                }
              }));
      return this;
    }

    /// Remembers this many mails at most, the newest; 10,000 unless told.
    public Builder keep(int newest) {
      kept = newest;
      return this;
    }

    public FakeSmtpServer start() {
      return new FakeSmtpServer(this);
    }
  }
}
