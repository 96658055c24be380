package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.ReceivedMail;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SmtpLoadTest {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpLoadTest.class);
  private static final int MAILS = 500;
  private static final int THREADS = 8;
  private static final int CONNECTIONS = 4;

  @Test
  void mails_byManyThreads_goOutOnceEachOverFewConnections() throws Exception {
    try (var server = FakeSmtpServer.start();
        var sender = Samples.sender(settings(server));
        var threads = Executors.newFixedThreadPool(THREADS)) {
      long started = System.nanoTime();
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < MAILS; i++) {
        var mail = Samples.mailTo("user" + i + "@example.org");
        outcomes.add(threads.submit(() -> sender.send(mail)));
      }
      for (var outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Accepted.class);
      }
      LOG.info("{} mails/s", MAILS * 1_000_000_000L / (System.nanoTime() - started));

      assertThat(server.messages())
          .extracting(ReceivedMail::to)
          .hasSize(MAILS)
          .doesNotHaveDuplicates();
      assertThat(server.connections()).isLessThanOrEqualTo(CONNECTIONS);
    }
  }

  private static Smtp settings(FakeSmtpServer server) {
    return Samples.smtp(
        server.port(), StartTls.OFF, Optional.empty(), CONNECTIONS, Duration.ofSeconds(20), 1_000);
  }
}
