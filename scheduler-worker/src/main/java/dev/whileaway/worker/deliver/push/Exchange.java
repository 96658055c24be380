package dev.whileaway.worker.deliver.push;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Requests to one provider over HTTP, and what it means if no answer comes: whether the request
/// was written decides between "not now" and "nobody knows".
///
/// The client retries nothing by itself (TRAPS 47): a push that was written goes out once.
public final class Exchange {

  private static final Duration WAY_DELAY = Duration.ofSeconds(10);

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
      return meaning.apply(response.get());
    } catch (ExecutionException e) {
      return unanswered(context, e.getCause());
    }
  }

  private Outcome unanswered(ClientRequestContext context, @Nullable Throwable failure) {
    if (failure instanceof UnprocessedRequestException || !written(context)) {
      return new Outcome.RetryAfter(
          WAY_DELAY,
          Outcome.Trouble.WAY,
          "expected an answer of %s, but found: %s".formatted(server, failure));
    }
    return new Outcome.Unknown("written, but no answer came: " + failure);
  }

  private static boolean written(ClientRequestContext context) {
    var log = context.log();
    return log.isAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME)
        && log.partial().requestFirstBytesTransferredTimeNanos() != null;
  }
}
