package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.GetSuppressionRequest;
import dev.whileaway.v1.GetSuppressionResponse;
import dev.whileaway.v1.ListSuppressionsRequest;
import dev.whileaway.v1.ListSuppressionsResponse;
import dev.whileaway.v1.SuppressRequest;
import dev.whileaway.v1.SuppressResponse;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionServiceGrpc;
import dev.whileaway.v1.UnsuppressRequest;
import dev.whileaway.v1.UnsuppressResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Addresses that are never mailed again.
public final class SuppressionService extends SuppressionServiceGrpc.SuppressionServiceImplBase {

  private static final int PAGE = 1_000;

  private final SuppressionList list;
  private final InstantSource clock;

  public SuppressionService(SuppressionList list, InstantSource clock) {
    this.list = list;
    this.clock = clock;
  }

  @Override
  public void suppress(SuppressRequest request, StreamObserver<SuppressResponse> observer) {
    var suppression =
        Suppression.newBuilder()
            .setPrint(print(request.getAddress()).hex())
            .setAddress(request.getAddress().getAddress())
            .setReason(request.getReason())
            .setDetail(request.getDetail())
            .setAt(Wire.timestamp(clock.millis()))
            .build();
    Answer.with(
        written(() -> list.add(suppression))
            .thenApply(added -> SuppressResponse.newBuilder().setAdded(added).build()),
        observer);
  }

  @Override
  public void unsuppress(UnsuppressRequest request, StreamObserver<UnsuppressResponse> observer) {
    var print = print(request.getAddress());
    Answer.with(
        written(() -> list.remove(print))
            .thenApply(removed -> UnsuppressResponse.newBuilder().setRemoved(removed).build()),
        observer);
  }

  @Override
  public void getSuppression(
      GetSuppressionRequest request, StreamObserver<GetSuppressionResponse> observer) {
    var answer = GetSuppressionResponse.newBuilder();
    list.of(print(request.getAddress())).ifPresent(answer::setSuppression);
    observer.onNext(answer.build());
    observer.onCompleted();
  }

  @Override
  public void listSuppressions(
      ListSuppressionsRequest request, StreamObserver<ListSuppressionsResponse> observer) {
    int limit = request.getLimit() == 0 ? PAGE : request.getLimit();
    List<Suppression> page = list.after(request.getAfter(), limit);
    observer.onNext(
        ListSuppressionsResponse.newBuilder()
            .addAllSuppressions(page)
            .setNext(page.size() < limit ? "" : page.getLast().getPrint())
            .build());
    observer.onCompleted();
  }

  private static AddressPrint print(SuppressedAddress address) {
    if (address.hasAddress()) {
      return AddressPrint.of(address.getAddress());
    }
    try {
      return new AddressPrint(address.getPrint());
    } catch (IllegalArgumentException e) {
      throw RefusedException.of("address.print", String.valueOf(e.getMessage()));
    }
  }

  /// The disk is waited for on a thread of its own: the caller's may be an event loop.
  private static CompletionStage<Boolean> written(Change change) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return change.make();
          } catch (IOException e) {
            throw Status.UNAVAILABLE
                .withDescription("expected to write the suppression list, but found: " + e)
                .asRuntimeException();
          }
        },
        Thread::startVirtualThread);
  }

  /// A change of the list; whether there was anything to do.
  private interface Change {
    boolean make() throws IOException;
  }
}
