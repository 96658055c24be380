package dev.whileaway.ops.cli;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.GetProfilesResponse;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./whileaway profile get`.
@Command(
    name = "get",
    description = "Shows the profiles of users.",
    footer = "  ./whileaway profile get anna bob --json")
final class ProfileGetCommand extends ClientCommand {

  @Parameters(arity = "1..*", paramLabel = "USER", description = "Whose profiles.")
  private List<String> users = new ArrayList<>();

  @Override
  void ask(ManagedChannel channel) {
    GetProfilesResponse answer =
        ProfileServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .getProfiles(GetProfilesRequest.newBuilder().addAllUsers(users).build());
    print(
        answer,
        answer.getEntriesList().stream()
            .map(ProfileGetCommand::inWords)
            .collect(Collectors.joining(System.lineSeparator())));
  }

  private static String inWords(ProfileEntry entry) {
    return switch (entry.getStateCase()) {
      case PROFILE -> inWords(entry.getProfile());
      case UNKNOWN, STATE_NOT_SET -> entry.getUser() + ": no profile";
      case FORGOTTEN -> entry.getUser() + ": forgotten";
    };
  }

  private static String inWords(Profile profile) {
    var text = new StringBuilder(profile.getUser()).append(':');
    line(text, "name", profile.getName());
    line(text, "gender", word(profile.getGender().name()));
    line(text, "picture", profile.getPictureUrl());
    line(text, "locale", profile.getLocale());
    line(text, "zone", profile.getZone());
    line(text, "email", profile.getEmail());
    for (Device device : profile.getDevicesList()) {
      line(text, "device", word(device.getPlatform().name()) + " " + device.getToken());
    }
    line(text, "muted", String.join(", ", profile.getPreferences().getMutedTypesList()));
    line(text, "push", profile.getPreferences().getPushOff() ? "off" : "");
    line(text, "e-mail", profile.getPreferences().getEmailOff() ? "off" : "");
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append(System.lineSeparator()).append("  %-8s %s".formatted(label, value));
    }
  }

  /// The last word of an enum's name: PLATFORM_FCM is fcm; nothing for UNSPECIFIED.
  private static String word(String name) {
    String last = name.substring(name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    return last.equals("unspecified") ? "" : last;
  }
}
