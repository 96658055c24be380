package dev.whileaway.templates.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.token.UserLinks.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserLinksTest {

  private static final String BASE = "https://mail.example.com";
  private static final String OLD = "0".repeat(32);
  private static final String NEW = "1".repeat(32);

  private final UserLinks links = new UserLinks(BASE, KeyRing.of(List.of(OLD)));

  @Test
  void link_namesItsUser_whateverTheId() {
    for (var user : List.of("anna", "4711", "ж@\n/?#%\"<", "x".repeat(128))) {
      var link = links.of(user, Scope.UNSUBSCRIBE);

      assertThat(link).matches("https://mail\\.example\\.com/u/[A-Za-z0-9_-]{23,193}");
      assertThat(links.user(token(link), Scope.UNSUBSCRIBE)).contains(user);
    }
  }

  @Test
  void token_isOfNoUseForAnotherScope() {
    var token = token(links.of("anna", Scope.UNSUBSCRIBE));

    assertThat(links.user(token, Scope.PREFERENCES)).isEmpty();
  }

  @Test
  void token_changedInAnyCharacter_namesNobody() {
    var token = token(links.of("anna", Scope.UNSUBSCRIBE));
    var changed = new ArrayList<>(List.of("", "A", "****", token + "AAAA", "A".repeat(100_000)));
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      changed.add(token.substring(0, i) + other + token.substring(i + 1));
    }

    assertThat(changed).allSatisfy(it -> assertThat(links.user(it, Scope.UNSUBSCRIBE)).isEmpty());
  }

  @Test
  void rotatedKeys_openOldTokens_untilTheOldKeyIsGone() {
    var token = token(links.of("anna", Scope.UNSUBSCRIBE));
    var rotated = new UserLinks(BASE, KeyRing.of(List.of(NEW, OLD)));
    var later = new UserLinks(BASE, KeyRing.of(List.of(NEW)));

    assertThat(rotated.user(token, Scope.UNSUBSCRIBE)).contains("anna");
    assertThat(later.user(token, Scope.UNSUBSCRIBE)).isEmpty();
    assertThat(later.user(token(rotated.of("anna", Scope.UNSUBSCRIBE)), Scope.UNSUBSCRIBE))
        .contains("anna");
  }

  @Test
  void shortSecret_isRefused_withoutShowingIt() {
    assertThatThrownBy(() -> KeyRing.of(List.of(NEW, "hush")))
        .hasMessageContaining("at least 32 characters, but found 4 in secret 2")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> KeyRing.of(List.of())).hasMessageContaining("but found none");
  }

  private static String token(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }
}
