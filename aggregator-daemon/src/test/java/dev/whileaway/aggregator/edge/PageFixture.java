package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import io.grpc.Channel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// The pages behind the links of mails, on a loopback socket; the API asks for keys, they do not.
final class PageFixture implements AutoCloseable {

  static final String FORM = "application/x-www-form-urlencoded";

  final UserLinks links =
      new UserLinks("https://mail.example.com", KeyRing.of(List.of("k".repeat(32))));
  final EdgeFixture doors;

  PageFixture() throws IOException {
    doors =
        EdgeFixture.with(
            links,
            Templates.standard(),
            List.of(EdgeFixture.key("0123456789abcdef", ApiRole.ADMIN)));
  }

  /// Of a user's link, as a proxy passes it on.
  String path(String user, Scope scope) {
    return links.of(user, scope).substring(links.base().length());
  }

  /// The same as a browser on this machine can open it.
  String address(String user, Scope scope) {
    return doors.request(path(user, scope)).build().uri().toString();
  }

  HttpResponse<String> get(String path) throws Exception {
    return doors.get(path);
  }

  HttpResponse<String> post(String path, String type, String body) throws Exception {
    return doors.send(
        doors
            .request(path)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Channel api() {
    return doors.edge.localChannel();
  }

  void put(Profile profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(api())
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  ProfileEntry entry(String user) {
    return ProfileServiceGrpc.newBlockingStub(api())
        .getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build())
        .getEntries(0);
  }

  Profile profile(String user) {
    return entry(user).getProfile();
  }

  @Override
  public void close() {
    doors.close();
  }
}
