package dev.whileaway.aggregator.edge.service;

import static com.google.protobuf.util.Timestamps.toMillis;

import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.DeleteProfileRequest;
import dev.whileaway.v1.DeleteProfileResponse;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.GetProfilesResponse;
import dev.whileaway.v1.ImportProfilesRequest;
import dev.whileaway.v1.ImportProfilesResponse;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.PutProfileResponse;
import dev.whileaway.v1.RegisterDeviceRequest;
import dev.whileaway.v1.RegisterDeviceResponse;
import dev.whileaway.v1.SetPreferencesRequest;
import dev.whileaway.v1.SetPreferencesResponse;
import dev.whileaway.v1.UnregisterDeviceRequest;
import dev.whileaway.v1.UnregisterDeviceResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;

/// Profiles: what is known of a user.
public final class ProfileService extends ProfileServiceGrpc.ProfileServiceImplBase {

  private final Shards shards;
  private final FieldChecker checker;
  private final ProfileReader reader;

  public ProfileService(Shards shards, FieldChecker checker) {
    this.shards = shards;
    this.checker = checker;
    this.reader = new ProfileReader(shards);
  }

  @Override
  public void putProfile(PutProfileRequest request, StreamObserver<PutProfileResponse> observer) {
    UserId user = new UserId(request.getProfile().getUser());
    Answer.with(
        submit(user, new ShardCommand.PutProfile(request.getProfile()))
            .thenApply(changed -> PutProfileResponse.getDefaultInstance()),
        observer);
  }

  @Override
  public void getProfiles(
      GetProfilesRequest request, StreamObserver<GetProfilesResponse> observer) {
    Answer.with(
        reader
            .read(request.getUsersList())
            .thenApply(entries -> GetProfilesResponse.newBuilder().addAllEntries(entries).build()),
        observer);
  }

  @Override
  public void deleteProfile(
      DeleteProfileRequest request, StreamObserver<DeleteProfileResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(
        submit(user, new ShardCommand.DeleteProfile(user))
            .thenApply(existed -> DeleteProfileResponse.newBuilder().setExisted(existed).build()),
        observer);
  }

  @Override
  public void registerDevice(
      RegisterDeviceRequest request, StreamObserver<RegisterDeviceResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(
        submit(user, new ShardCommand.RegisterDevice(user, request.getDevice()))
            .thenApply(changed -> RegisterDeviceResponse.getDefaultInstance()),
        observer);
  }

  @Override
  public void unregisterDevice(
      UnregisterDeviceRequest request, StreamObserver<UnregisterDeviceResponse> observer) {
    UserId user = new UserId(request.getUser());
    long unlessAfter =
        request.hasUnlessRegisteredAfter()
            ? toMillis(request.getUnlessRegisteredAfter())
            : Long.MAX_VALUE;
    Answer.with(
        submit(user, new ShardCommand.UnregisterDevice(user, request.getToken(), unlessAfter))
            .thenApply(
                removed -> UnregisterDeviceResponse.newBuilder().setRemoved(removed).build()),
        observer);
  }

  @Override
  public void setPreferences(
      SetPreferencesRequest request, StreamObserver<SetPreferencesResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(
        submit(user, new ShardCommand.SetPreferences(user, request.getPreferences()))
            .thenApply(changed -> SetPreferencesResponse.getDefaultInstance()),
        observer);
  }

  @Override
  public StreamObserver<ImportProfilesRequest> importProfiles(
      StreamObserver<ImportProfilesResponse> observer) {
    return new ImportStream(
        shards, checker, (ServerCallStreamObserver<ImportProfilesResponse>) observer);
  }

  private CompletionStage<Boolean> submit(UserId user, ShardCommand command) {
    return shards.submit(user, command, ProfileChanged.class).thenApply(ProfileChanged::changed);
  }
}
