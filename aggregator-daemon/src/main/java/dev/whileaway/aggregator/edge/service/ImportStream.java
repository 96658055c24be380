package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.shard.ShardCommand.PutProfile;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.ImportProfilesRequest;
import dev.whileaway.v1.ImportProfilesResponse;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Violation;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One import of profiles. A wrong profile is counted and named; a shard that fails ends the
/// import, which may be repeated.
final class ImportStream implements StreamObserver<ImportProfilesRequest> {

  private static final int IN_WORK_MAX = 256;
  private static final int NAMED_MAX = 100;

  private final Shards shards;
  private final FieldChecker checker;
  private final ServerCallStreamObserver<ImportProfilesResponse> out;
  private final InFlight inFlight;
  private final ImportProfilesResponse.Builder answer = ImportProfilesResponse.newBuilder();
  private long position;

  ImportStream(
      Shards shards, FieldChecker checker, ServerCallStreamObserver<ImportProfilesResponse> out) {
    this.shards = shards;
    this.checker = checker;
    this.out = out;
    this.inFlight = new InFlight(out, IN_WORK_MAX, this::answer);
  }

  @Override
  public void onNext(ImportProfilesRequest request) {
    List<Violation> violations = checker.check(request, "[" + position++ + "]");
    inFlight.add(
        violations.isEmpty() ? put(request.getProfile()) : CompletableFuture.completedFuture(null),
        (put, thrown) -> count(violations, thrown));
  }

  private CompletionStage<@Nullable ProfileChanged> put(Profile profile) {
    return shards
        .submit(new UserId(profile.getUser()), new PutProfile(profile), ProfileChanged.class)
        .thenApply(changed -> changed);
  }

  /// Runs under the lock of `inFlight`.
  private void count(List<Violation> violations, @Nullable Throwable thrown) {
    if (thrown != null) {
      inFlight.fail(thrown);
    } else if (violations.isEmpty()) {
      answer.setImported(answer.getImported() + 1);
    } else {
      answer.setRefused(answer.getRefused() + 1);
      violations.stream()
          .limit(NAMED_MAX - answer.getViolationsCount())
          .forEach(answer::addViolations);
    }
  }

  private void answer() {
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void onError(Throwable gone) {
    inFlight.end();
  }

  @Override
  public void onCompleted() {
    inFlight.halfClose();
  }
}
