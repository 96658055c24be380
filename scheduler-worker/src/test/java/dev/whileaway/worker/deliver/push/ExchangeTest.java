package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.worker.deliver.Outcome;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was written and what was not, with a peer that does not read: TRAPS 6, 47.
class ExchangeTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /// Longer than a test: only the connection itself ends a push.
  private static final Duration PATIENT = Duration.ofSeconds(60);

  private static final int SEND_BUFFER_BYTES = 8 << 10;

  /// More than the system's buffers take, at 4 KB each, and the client's own.
  private static final int PUSHES = 200;

  /// Waits for its answer, or is over.
  private static final Set<Thread.State> STILL =
      Set.of(Thread.State.WAITING, Thread.State.TERMINATED);

  private final FakeFcm fcm = FakeFcm.start();
  private final PushLoops loops = new PushLoops();
  private final ClientFactory factory =
      ClientFactory.builder()
          .workerGroup(loops.group(), false)
          .channelOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
          .build();
  private final RequestHeaders headers =
      RequestHeaders.builder(HttpMethod.POST, "/v1/projects/" + fcm.project() + "/messages:send")
          .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + fcm.bearer())
          .build();

  @AfterEach
  void close() {
    factory.close();
    loops.close();
    fcm.close();
  }

  private Exchange exchange(Duration timeout) {
    return new Exchange(
        PushLoops.client(WebClient.builder(fcm.baseUrl()), factory, timeout), "fcm");
  }

  private Outcome send(Exchange exchange, String token) throws InterruptedException {
    var body =
        HttpData.ofUtf8(
            "{\"message\":{\"data\":\"%s\",\"token\":\"%s\"}}".formatted("x".repeat(3_900), token));
    return exchange.run(headers, body, FcmOutcomes::of);
  }

  /// Each is as far on its way as it comes before the next begins.
  private List<FutureTask<Outcome>> beginInTurn(Exchange exchange) throws InterruptedException {
    List<FutureTask<Outcome>> sends = new ArrayList<>();
    for (int i = 0; i < PUSHES; i++) {
      String token = "token" + i;
      var send = new FutureTask<>(() -> send(exchange, token));
      var thread = Thread.ofVirtual().start(send);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> STILL.contains(thread.getState()));
      loops.group().submit(() -> {}).sync();
      sends.add(send);
    }
    return sends;
  }

  private static List<Outcome> outcomes(List<FutureTask<Outcome>> sends) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    for (var send : sends) {
      outcomes.add(send.get());
    }
    return outcomes;
  }

  /// What nobody has read yet waits in the buffer of its connection, and is read when the other end
  /// wakes up.
  @Test
  void pushThatMayStillBeRead_isNotToldAsUnsent() throws Exception {
    var exchange = exchange(TIMEOUT);
    assertThat(send(exchange, "before")).isInstanceOf(Outcome.Accepted.class);
    fcm.hangConnections();

    assertThat(outcomes(beginInTurn(exchange))).hasOnlyElementsOfType(Outcome.Unknown.class);
  }

  @Test
  void pushThatNeverLeftItsConnection_isToldAsUnsent() throws Exception {
    var exchange = exchange(PATIENT);
    assertThat(send(exchange, "before")).isInstanceOf(Outcome.Accepted.class);
    fcm.hangConnections();
    var sends = beginInTurn(exchange);
    fcm.dropConnections();

    var outcomes = outcomes(sends);
    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Unknown.class);
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.RetryAfter.class);
    assertThat(fcm.count()).isOne();
  }
}
