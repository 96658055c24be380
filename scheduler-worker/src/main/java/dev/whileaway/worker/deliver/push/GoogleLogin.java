package dev.whileaway.worker.deliver.push;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The login of a Google service account, on a thread of its own: the library blocks.
final class GoogleLogin implements IssuedTokens.Login {

  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

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
      AccessToken token = credentials.refreshAccessToken();
      return new IssuedTokens.Issued(token.getTokenValue(), life(token));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /// The library has added it to the machine's clock.
  private static Duration life(AccessToken token) {
    Date end = token.getExpirationTime();
    return end == null ? Duration.ZERO : Duration.between(Instant.now(), end.toInstant());
  }
}
