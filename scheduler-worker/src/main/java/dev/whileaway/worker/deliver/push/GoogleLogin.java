package dev.whileaway.worker.deliver.push;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The login of a Google service account, on a thread of its own: the library blocks.
final class GoogleLogin implements IssuedTokens.Login {

  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  /// What is asked for, and what Google gives. The library tells the end by the machine's clock
  /// alone, which may be wrong; a token that ends sooner is found out when it is refused.
  private static final Duration LIFE = Duration.ofHours(1);

  private final GoogleCredentials credentials;

  private GoogleLogin(GoogleCredentials credentials) {
    this.credentials = credentials;
  }

  /// @throws IOException if the file has no service account
  static GoogleLogin of(Path file) throws IOException {
    try (var json = Files.newInputStream(file)) {
      return new GoogleLogin(
          ServiceAccountCredentials.fromStream(json)
              .createWithCustomRetryStrategy(false)
              .createWithCustomLifetime((int) LIFE.toSeconds())
              .createScoped(List.of(SCOPE)));
    } catch (IOException e) {
      throw new IOException(
          "expected a service account in %s (delivery.fcm[].service-account), but found: %s"
              .formatted(file, e),
          e);
    }
  }

  @Override
  public CompletableFuture<IssuedTokens.Issued> begin() {
    return CompletableFuture.supplyAsync(
        this::ask, task -> Thread.ofVirtual().name("fcm-token").start(task));
  }

  private IssuedTokens.Issued ask() {
    try {
      return new IssuedTokens.Issued(credentials.refreshAccessToken().getTokenValue(), LIFE);
    } catch (IOException e) {
      throw e.getCause() instanceof HttpResponseException
          ? new IssuedTokens.LoginException(e.toString())
          : new CompletionException(e);
    }
  }
}
