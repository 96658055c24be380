package dev.whileaway.ops.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Gender;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway profile put`.
@Command(
    name = "put",
    description =
        "Stores USER's profile in place of the one before, devices included."
            + " Flags win over the file.",
    footer = {
      "  ./whileaway profile put anna --name Anna --email anna@example.com --zone Europe/Berlin",
      "  ./whileaway profile put anna --file anna.json --fcm TOKEN"
    })
final class ProfilePutCommand extends ClientCommand {

  @Parameters(paramLabel = "USER", description = "Whose profile.")
  private String user = "";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A profile as JSON: {\"name\":\"Anna\",\"locale\":\"en\",\"devices\":[...]}.")
  private @Nullable Path file;

  @Option(names = "--name", description = "How others see the user.")
  private @Nullable String name;

  @Option(names = "--picture", paramLabel = "URL", description = "Address of a picture.")
  private @Nullable String picture;

  @Option(names = "--gender", description = "For languages that ask: ${COMPLETION-CANDIDATES}.")
  private @Nullable Sex gender;

  @Option(names = "--locale", paramLabel = "TAG", description = "Language, such as en or ru.")
  private @Nullable String locale;

  @Option(names = "--zone", description = "Time zone, such as Europe/Berlin.")
  private @Nullable String zone;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Where digests go by e-mail.")
  private @Nullable String email;

  @Option(names = "--fcm", paramLabel = "TOKEN", description = "An Android device; repeatable.")
  private List<String> fcm = new ArrayList<>();

  @Option(names = "--apns", paramLabel = "TOKEN", description = "An Apple device; repeatable.")
  private List<String> apns = new ArrayList<>();

  @Option(
      names = "--web",
      paramLabel = "JSON",
      description = "A browser: its subscription's toJSON(); repeatable.")
  private List<String> web = new ArrayList<>();

  @Option(names = "--hms", paramLabel = "TOKEN", description = "A Huawei device; repeatable.")
  private List<String> hms = new ArrayList<>();

  enum Sex {
    FEMALE,
    MALE
  }

  @Override
  void ask(ManagedChannel channel) throws CommandFailure {
    Profile profile = profile();
    ProfileServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE)
        .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
    print(profile, "stored the profile of " + user);
  }

  private Profile profile() throws CommandFailure {
    Profile.Builder profile = file == null ? Profile.newBuilder() : read(file);
    profile.setUser(user);
    if (name != null) {
      profile.setName(name);
    }
    if (picture != null) {
      profile.setPictureUrl(picture);
    }
    if (gender != null) {
      profile.setGender(
          switch (gender) {
            case FEMALE -> Gender.GENDER_FEMALE;
            case MALE -> Gender.GENDER_MALE;
          });
    }
    if (locale != null) {
      profile.setLocale(locale);
    }
    if (zone != null) {
      profile.setZone(zone);
    }
    if (email != null) {
      profile.setEmail(email);
    }
    fcm.forEach(token -> profile.addDevices(device(token, Platform.PLATFORM_FCM)));
    apns.forEach(token -> profile.addDevices(device(token, Platform.PLATFORM_APNS)));
    web.forEach(token -> profile.addDevices(device(token, Platform.PLATFORM_WEB)));
    hms.forEach(token -> profile.addDevices(device(token, Platform.PLATFORM_HMS)));
    return profile.build();
  }

  private static Device device(String token, Platform platform) {
    return Device.newBuilder().setToken(token).setPlatform(platform).build();
  }

  private static Profile.Builder read(Path file) throws CommandFailure {
    var profile = Profile.newBuilder();
    try {
      JsonFormat.parser().merge(Files.readString(file), profile);
    } catch (InvalidProtocolBufferException e) {
      throw CommandFailure.badInput(
          file + ": expected a profile as JSON, but found that " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailure.badInput(
          "--file: expected a file that can be read, but found " + e.getMessage());
    }
    return profile;
  }
}
