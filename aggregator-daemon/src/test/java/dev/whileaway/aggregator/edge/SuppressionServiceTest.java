package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.GetSuppressionRequest;
import dev.whileaway.v1.ListSuppressionsRequest;
import dev.whileaway.v1.SuppressRequest;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.v1.SuppressionServiceGrpc;
import dev.whileaway.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import dev.whileaway.v1.UnsuppressRequest;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuppressionServiceTest {

  private static final SuppressedAddress ANNA = address("anna@example.org");

  private EdgeFixture fixture;
  private SuppressionServiceBlockingStub api;

  @BeforeEach
  void open() throws Exception {
    fixture = new EdgeFixture();
    api = SuppressionServiceGrpc.newBlockingStub(fixture.channel);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void suppressedAddress_isFoundByAddressAndPrint_untilItIsRemoved() {
    assertThat(suppress(ANNA, SuppressionReason.SUPPRESSION_REASON_BOUNCED)).isTrue();
    assertThat(suppress(ANNA, SuppressionReason.SUPPRESSION_REASON_OPERATOR)).isFalse();

    for (var name : new SuppressedAddress[] {ANNA, address("ANNA@example.org"), print(ANNA)}) {
      assertThat(found(name).getReason()).isEqualTo(SuppressionReason.SUPPRESSION_REASON_BOUNCED);
      assertThat(found(name).getAddress()).isEqualTo("anna@example.org");
      assertThat(found(name).getAt().getSeconds()).isEqualTo(fixture.clock.millis() / 1000);
    }
    assertThat(remove(print(ANNA))).isTrue();
    assertThat(remove(ANNA)).isFalse();
    assertThat(found(ANNA)).isEqualTo(Suppression.getDefaultInstance());
  }

  @Test
  void list_comesInPages() {
    for (int i = 0; i < 5; i++) {
      suppress(
          address("user" + i + "@example.org"), SuppressionReason.SUPPRESSION_REASON_COMPLAINED);
    }

    var first = api.listSuppressions(ListSuppressionsRequest.newBuilder().setLimit(3).build());
    var second =
        api.listSuppressions(
            ListSuppressionsRequest.newBuilder().setLimit(3).setAfter(first.getNext()).build());

    assertThat(first.getSuppressionsList()).hasSize(3);
    assertThat(second.getSuppressionsList())
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.getSuppressionsList());
    assertThat(second.getNext()).isEmpty();
  }

  @Test
  void wrongNames_areRefusedByTheirField() {
    assertThatThrownBy(() -> found(SuppressedAddress.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("address");
    assertThatThrownBy(() -> found(SuppressedAddress.newBuilder().setPrint("12").build()))
        .hasMessageContaining("address.print: expected 24 hexadecimal digits, but found");
    assertThatThrownBy(() -> found(address("")))
        .hasMessageContaining("address.address: expected one e-mail address");
    assertThatThrownBy(() -> found(address("anna")))
        .hasMessageContaining("address.address: expected");
  }

  private boolean suppress(SuppressedAddress address, SuppressionReason reason) {
    return api.suppress(SuppressRequest.newBuilder().setAddress(address).setReason(reason).build())
        .getAdded();
  }

  private boolean remove(SuppressedAddress address) {
    return api.unsuppress(UnsuppressRequest.newBuilder().setAddress(address).build()).getRemoved();
  }

  private Suppression found(SuppressedAddress address) {
    return api.getSuppression(GetSuppressionRequest.newBuilder().setAddress(address).build())
        .getSuppression();
  }

  private static SuppressedAddress address(String address) {
    return SuppressedAddress.newBuilder().setAddress(address).build();
  }

  private static SuppressedAddress print(SuppressedAddress address) {
    return SuppressedAddress.newBuilder()
        .setPrint(AddressPrint.of(address.getAddress()).hex())
        .build();
  }
}
