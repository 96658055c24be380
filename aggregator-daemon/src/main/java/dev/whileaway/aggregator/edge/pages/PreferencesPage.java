package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import dev.whileaway.templates.Pages;
import dev.whileaway.templates.Pages.Choices;
import dev.whileaway.v1.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Shows what a user wants to be told, and by a POST of its form changes it.
final class PreferencesPage implements UserPage {

  private static final String LANGUAGE = "language";

  private final Pages pages;
  private final UserProfiles profiles;

  PreferencesPage(Pages pages, UserProfiles profiles) {
    this.pages = pages;
    this.profiles = profiles;
  }

  @Override
  public HttpResponse answer(Profile profile, AggregatedHttpRequest request, boolean posted) {
    var form = QueryParams.fromQueryString(request.contentUtf8());
    // Without it, it is not our form, and that nothing is ticked means nothing.
    if (!posted || !form.contains(LANGUAGE)) {
      return show(profile, false);
    }
    var changed = changed(profile, form);
    // Each by itself, so that saving what was shown overwrites nothing that came in between.
    if (!changed.getPreferences().equals(profile.getPreferences())) {
      profiles.set(changed.getUser(), changed.getPreferences());
    }
    if (!changed.getLocale().equals(profile.getLocale())) {
      profiles.putLocale(profile, changed.getLocale());
    }
    return show(changed, true);
  }

  /// A browser sends the boxes that are ticked, and nothing of the others.
  private Profile changed(Profile profile, QueryParams form) {
    var preferences =
        profile.getPreferences().toBuilder()
            .clearMutedTypes()
            .setPushOff(!form.contains("push"))
            .setEmailOff(!form.contains("email"))
            .addAllMutedTypes(muted(form.getAll("type")));
    var changed = profile.toBuilder().setPreferences(preferences);
    var chosen = Locale.forLanguageTag(form.get(LANGUAGE, ""));
    boolean another = !chosen.equals(pages.nearest(locale(profile)));
    if (another && pages.languages().contains(chosen)) {
      changed.setLocale(chosen.toLanguageTag());
    }
    return changed.build();
  }

  private List<String> muted(List<String> wanted) {
    return pages.types().stream().filter(type -> !wanted.contains(type)).toList();
  }

  private HttpResponse show(Profile profile, boolean saved) {
    var preferences = profile.getPreferences();
    var choices =
        new Choices(
            !preferences.getPushOff(),
            !preferences.getEmailOff(),
            pages.types(),
            Set.copyOf(preferences.getMutedTypesList()),
            saved);
    return Html.of(HttpStatus.OK, pages.preferences(choices, locale(profile)));
  }

  private static Locale locale(Profile profile) {
    return Locale.forLanguageTag(profile.getLocale());
  }
}
