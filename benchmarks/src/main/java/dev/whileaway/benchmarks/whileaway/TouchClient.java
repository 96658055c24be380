package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.Touches;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TouchRequest;
import dev.whileaway.v1.TouchStreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Touches on one stream, which tells at its end how many it took. Heeds the stream's flow control.
final class TouchClient
    implements Touches, ClientResponseObserver<TouchRequest, TouchStreamResponse> {

  private final ManagedChannel channel;
  private final CompletableFuture<TouchStreamResponse> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<TouchRequest> stream;

  private TouchClient(ManagedChannel channel) {
    this.channel = channel;
  }

  static TouchClient to(Serve serve) {
    var client = new TouchClient(Channels.to(serve));
    var _ = PresenceServiceGrpc.newStub(client.channel).touchStream(client);
    return client;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TouchRequest> requests) {
    stream = requests;
    requests.setOnReadyHandler(this::wake);
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public void touch(String user) throws IOException, InterruptedException {
    awaitRoom(stream())
        .onNext(TouchRequest.newBuilder().setUser(user).setSurface(Surface.SURFACE_WEB).build());
  }

  private ClientCallStreamObserver<TouchRequest> awaitRoom(
      ClientCallStreamObserver<TouchRequest> requests) throws IOException, InterruptedException {
    if (requests.isReady()) {
      return requests;
    }
    synchronized (this) {
      while (!requests.isReady()) {
        if (end.isDone()) {
          throw new IOException("expected a stream that takes touches, but it ended");
        }
        wait();
      }
    }
    return requests;
  }

  @Override
  public long finish() throws IOException, InterruptedException {
    stream().onCompleted();
    try {
      TouchStreamResponse answer = end.get();
      if (answer.getRefused() > 0) {
        throw new IOException("expected no refusals, but found " + answer.getRefused());
      }
      return answer.getTouched();
    } catch (ExecutionException e) {
      throw new IOException("expected the count of touches, but found " + e.getCause(), e);
    }
  }

  private ClientCallStreamObserver<TouchRequest> stream() {
    if (stream == null) {
      throw new IllegalStateException("expected a stream that has begun, but found none");
    }
    return stream;
  }

  @Override
  public void onNext(TouchStreamResponse answer) {
    end.complete(answer);
    wake();
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
    wake();
  }

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    var _ = channel.shutdownNow();
  }
}
