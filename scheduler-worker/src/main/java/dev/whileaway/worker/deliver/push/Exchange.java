package dev.whileaway.worker.deliver.push;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.GoAwayReceivedException;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import dev.whileaway.worker.deliver.Outcome;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Requests to one provider over HTTP, and what it means if no answer comes: whether the request
/// may have been written decides between "not now" and "nobody knows".
///
/// The client retries nothing by itself (TRAPS 47): a push that was written goes out once.
public final class Exchange {

  private static final Duration WAY_DELAY = Duration.ofSeconds(10);

  /// When an answer last came over a connection, in nanoseconds of the machine's clock.
  private static final AttributeKey<Long> ANSWERED =
      AttributeKey.valueOf(Exchange.class, "answered");

  private final WebClient client;
  private final String server;

  /// @param server as the ledger names it
  public Exchange(WebClient client, String server) {
    this.client = client;
    this.server = server;
  }

  /// Blocks until the answer is there, or never will be.
  ///
  /// @param meaning of an answer
  public Outcome run(
      RequestHeaders headers, HttpData body, Function<AggregatedHttpResponse, Outcome> meaning)
      throws InterruptedException {
    ClientRequestContext context;
    CompletableFuture<AggregatedHttpResponse> response;
    try (var captor = Clients.newContextCaptor()) {
      response = client.execute(headers, body).aggregate();
      context = captor.get();
    }
    try {
      var answer = response.get();
      connection(context).ifPresent(one -> one.attr(ANSWERED).set(System.nanoTime()));
      return meaning.apply(answer);
    } catch (ExecutionException e) {
      return unanswered(context, e.getCause());
    }
  }

  private Outcome unanswered(ClientRequestContext context, @Nullable Throwable failure) {
    if (neverLeft(context, failure)) {
      return new Outcome.RetryAfter(
          WAY_DELAY,
          turnedAway(context, failure) ? Outcome.Trouble.TURNED_AWAY : Outcome.Trouble.WAY,
          "expected an answer of %s, but found: %s".formatted(server, failure));
    }
    if (failure instanceof ResponseTimeoutException) {
      connection(context).filter(one -> hangs(one, context)).ifPresent(Channel::close);
    }
    return new Outcome.Unknown("written, but no answer came: " + failure);
  }

  /// What is not written yet waits in the buffer of its connection, and may be read once the other
  /// end wakes up, even if nobody here waits for the answer any more. Only if the connection is
  /// gone nobody will.
  private static boolean neverLeft(ClientRequestContext context, @Nullable Throwable failure) {
    return failure instanceof UnprocessedRequestException
        || (connection(context).filter(one -> !one.isOpen()).isPresent() && !written(context));
  }

  private static boolean turnedAway(ClientRequestContext context, @Nullable Throwable failure) {
    return failure instanceof UnprocessedRequestException
        && failure.getCause() instanceof GoAwayReceivedException
        && connection(context).filter(GoAways::inGoodOrder).isPresent();
  }

  private static boolean written(ClientRequestContext context) {
    return writtenAt(context) != null;
  }

  /// In nanoseconds of the machine's clock; null: it was not. Headers that are written in part are
  /// no request.
  private static @Nullable Long writtenAt(ClientRequestContext context) {
    return context.log().isAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME)
        ? context.log().partial().requestFirstBytesTransferredTimeNanos()
        : null;
  }

  /// A push that was not written tells nothing: those before it do.
  private boolean hangs(Channel connection, ClientRequestContext context) {
    Long written = writtenAt(context);
    Long answered = connection.attr(ANSWERED).get();
    return written != null
        && Silence.tells(
            written,
            answered == null ? written : answered,
            System.nanoTime(),
            Duration.ofMillis(client.options().responseTimeoutMillis()));
  }

  private static Optional<Channel> connection(ClientRequestContext context) {
    return Optional.ofNullable(context.log().partial().channel());
  }
}
