package dev.whileaway.aggregator.edge;

import static dev.whileaway.aggregator.edge.EdgeFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the gRPC port does for every service.
class GrpcDoorTest extends ServiceTest {

  @Test
  void health_serves_andReflectionListsTheServices() throws Exception {
    assertThat(
            HealthGrpc.newBlockingStub(fixture.channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);

    List<ServerReflectionResponse> listed =
        new Streamed<ServerReflectionResponse>()
            .run(
                ServerReflectionGrpc.newStub(fixture.channel)::serverReflectionInfo,
                List.of(ServerReflectionRequest.newBuilder().setListServices("").build()));

    assertThat(listed.getFirst().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "whileaway.v1.EventService",
            "whileaway.v1.ProfileService",
            "whileaway.v1.PresenceService",
            "whileaway.v1.DigestService",
            "whileaway.v1.AdminService",
            "grpc.health.v1.Health");
  }

  @Test
  void badUtf8_isTheCallersFault() { // TRAPS 32
    ByteString broken = ByteString.copyFrom(new byte[] {0x0a, 2, (byte) 0xc3, 0x28});
    MethodDescriptor<InputStream, GetBacklogResponse> raw =
        EventServiceGrpc.getGetBacklogMethod().toBuilder(
                RAW, ProtoUtils.marshaller(GetBacklogResponse.getDefaultInstance()))
            .build();

    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                fixture.channel,
                raw,
                CallOptions.DEFAULT,
                new ByteArrayInputStream(broken.toByteArray())))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("UTF-8");
  }

  private static final MethodDescriptor.Marshaller<InputStream> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return stream;
        }
      };

  @Test
  void localChannel_isStillChecked() {
    StatusRuntimeException refused =
        refused(() ->
            EventServiceGrpc.newBlockingStub(fixture.local.channel())
                .getBacklog(GetBacklogRequest.getDefaultInstance()));

    assertThat(fields(refused)).containsExactly("user");
  }

  @Test
  void message_overTheLimit_isResourceExhausted() {
    Event large = event("anna", "").toBuilder().setData("x".repeat(9 * 1024 * 1024)).build();

    assertThat(refused(() -> report(List.of(large))).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }
}
