package dev.whileaway.worker.deliver.push;

import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What stands in the `authorization` header.
interface BearerTokens {

  /// @throws TokenUnavailableException if there is none now
  String authorization() throws InterruptedException, TokenUnavailableException;

  /// @throws IOException if the service account's file cannot be read, or neither it nor a bearer
  ///   is configured
  static BearerTokens of(Fcm settings) throws IOException {
    if (settings.serviceAccount().isPresent()) {
      return new ServiceAccount(settings.serviceAccount().get(), settings);
    }
    var bearer =
        settings
            .bearer()
            .orElseThrow(() ->
                new IOException(
                    "expected service-account or bearer in delivery.fcm[] for project %s, but found neither"
                        .formatted(settings.project())));
    return () -> "Bearer " + bearer;
  }

  /// There is no token at present.
  final class TokenUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TokenUnavailableException(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /// Tokens that Google issues to a service account. They are kept while they are good, and renewed
  /// some minutes before their end by a thread of its own, so that only the very first push waits.
  final class ServiceAccount implements BearerTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Executor RENEWALS =
        task -> Thread.ofVirtual().name("fcm-token").start(task);

    private final Path file;
    private final URI uri;
    private final Duration timeout;
    private final GoogleCredentials credentials;

    ServiceAccount(Path file, Fcm settings) throws IOException {
      this.file = file;
      this.uri = settings.baseUrl();
      this.timeout = settings.timeout();
      try (var json = Files.newInputStream(file)) {
        credentials =
            ServiceAccountCredentials.fromStream(json)
                .createWithCustomRetryStrategy(false)
                .createScoped(List.of(SCOPE));
      } catch (IOException e) {
        throw new IOException(
            "expected a service account in %s (delivery.fcm[].service-account), but found: %s"
                .formatted(file, e),
            e);
      }
    }

    @Override
    public String authorization() throws InterruptedException, TokenUnavailableException {
      var headers = new CompletableFuture<Map<String, List<String>>>();
      credentials.getRequestMetadata(uri, RENEWALS, completing(headers));
      try {
        return headers
            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .getOrDefault("Authorization", List.of(""))
            .getFirst();
      } catch (ExecutionException | TimeoutException e) {
        var cause = e instanceof ExecutionException ? e.getCause() : e;
        throw new TokenUnavailableException(
            "no token for the service account %s (delivery.fcm[].service-account): %s"
                .formatted(file, cause));
      }
    }

    private static RequestMetadataCallback completing(
        CompletableFuture<Map<String, List<String>>> headers) {
      return new RequestMetadataCallback() {
        @Override
        public void onSuccess(Map<String, List<String>> metadata) {
          headers.complete(metadata);
        }

        @Override
        public void onFailure(Throwable failure) {
          headers.completeExceptionally(failure);
        }
      };
    }
  }
}
