package dev.whileaway.templates.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Links by which the reader of a mail acts for its user without logging in: `BASE/u/TOKEN`.
///
/// A token is the user's id and a seal over id and [Scope], in base64url. It does not expire:
/// people unsubscribe by mails that are months old. It ends with the key that sealed it.
///
/// @param base what links begin with, without a slash at its end
public record UserLinks(String base, KeyRing keys) {

  /// What a link is good for. Its token is of no use for another one.
  public enum Scope {
    /// Ask no more mails, by one click.
    UNSUBSCRIBE("u"),
    /// See and change what is told.
    PREFERENCES("p");

    private final String path;

    Scope(String path) {
      this.path = path;
    }

    /// The part between base and token.
    public String path() {
      return "/" + path + "/";
    }
  }

  private static final int SEAL_BYTES = 16;

  /// Longer than any user id's.
  private static final int TOKEN_CHARACTERS_MAX = 256;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  public String of(String user, Scope scope) {
    return base + scope.path() + token(user, scope);
  }

  /// The user whom a token names; empty: we did not make it, or not for this.
  public Optional<String> user(String token, Scope scope) {
    if (token.length() > TOKEN_CHARACTERS_MAX) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length <= SEAL_BYTES) {
        return Optional.empty();
      }
      var seal = Arrays.copyOf(bytes, SEAL_BYTES);
      var id = Arrays.copyOfRange(bytes, SEAL_BYTES, bytes.length);
      return keys.opens(purpose(scope), id, seal)
          ? Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(id)).toString())
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException notAToken) {
      return Optional.empty();
    }
  }

  private String token(String user, Scope scope) {
    var id = user.getBytes(UTF_8);
    var seal = keys.seal(purpose(scope), id, SEAL_BYTES);
    var token = Arrays.copyOf(seal, SEAL_BYTES + id.length);
    System.arraycopy(id, 0, token, SEAL_BYTES, id.length);
    return ENCODER.encodeToString(token);
  }

  private static String purpose(Scope scope) {
    return "link " + scope.path;
  }
}
