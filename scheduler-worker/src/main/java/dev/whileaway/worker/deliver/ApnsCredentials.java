package dev.whileaway.worker.deliver;

import java.nio.file.Path;

/// How an app shows to the Apple Push Notification service who it is.
public sealed interface ApnsCredentials {

  /// A token that is signed anew each hour: one key serves all apps of a team, and does not expire.
  ///
  /// @param signingKey a .p8 file
  record Token(Path signingKey, String keyId, String teamId) implements ApnsCredentials {}

  /// The app's own certificate, shown when a connection is made. It expires after a year or so.
  ///
  /// @param file PKCS #12, as the keychain exports it: the certificate and its private key
  record Certificate(Path file, String password) implements ApnsCredentials {
    @Override
    public String toString() {
      return "certificate " + file;
    }
  }
}
