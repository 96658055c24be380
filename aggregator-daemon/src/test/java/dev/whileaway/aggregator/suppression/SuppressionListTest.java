package dev.whileaway.aggregator.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionListTest {

  private static final Suppression ANNA = suppression("anna@example.org", "550 5.1.1 Кто это?");
  private static final Suppression BORIS = suppression("boris@example.org", "");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("suppressions");
  }

  @Test
  void whatWasAdded_andNotRemoved_isThereAfterARestart() throws Exception {
    try (var list = SuppressionList.open(file)) {
      assertThat(list.add(ANNA)).isTrue();
      assertThat(list.add(BORIS)).isTrue();
      assertThat(list.add(ANNA.toBuilder().setDetail("later").build())).isFalse();
      assertThat(list.remove(print(BORIS))).isTrue();
      assertThat(list.remove(print(BORIS))).isFalse();
    }
    try (var list = SuppressionList.open(file)) {
      assertThat(list.of(print(ANNA))).contains(ANNA);
      assertThat(list.of(print(BORIS))).isEmpty();
      assertThat(list.add(BORIS)).isTrue();
    }
    try (var list = SuppressionList.open(file)) {
      assertThat(list.after("", 10)).containsExactlyInAnyOrder(ANNA, BORIS);
    }
  }

  @Test
  void pages_followEachOther_withoutGapsOrRepeats() throws Exception {
    try (var list = SuppressionList.open(file)) {
      for (int i = 0; i < 25; i++) {
        list.add(suppression("user" + i + "@example.org", ""));
      }
      var seen = new ArrayList<String>();
      for (var page = list.after("", 10); !page.isEmpty(); page = list.after(seen.getLast(), 10)) {
        page.forEach(entry -> seen.add(entry.getPrint()));
      }
      assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }
  }

  @Test
  void tornTail_atEveryByte_isCutOff_andWritingGoesOn() throws Exception {
    try (var list = SuppressionList.open(file)) {
      list.add(ANNA);
      list.add(BORIS);
    }
    byte[] whole = Files.readAllBytes(file);
    int second =
        new String(whole, 0, whole.length - 1, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lastIndexOf('\n')
            + 1;
    for (int length = second; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      try (var list = SuppressionList.open(file)) {
        assertThat(list.after("", 10)).as("%d bytes", length).containsExactly(ANNA);
        list.add(BORIS);
      }
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void damage_inAnyByteOfALine_isRefused_withItsPlace() throws Exception {
    try (var list = SuppressionList.open(file)) {
      list.add(BORIS);
      list.add(ANNA);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; whole[at] != '\n'; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> SuppressionList.open(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ":")
          .hasMessageContaining("expected a line with its checksum, but found damage");
    }
  }

  @Test
  void removedEntries_doNotMakeTheFileGrowForEver() throws Exception {
    try (var list = SuppressionList.open(file)) {
      list.add(ANNA);
    }
    long before = Files.size(file);
    var spare = new StringBuilder(Files.readString(file));
    for (int i = 0; i < 600; i++) {
      spare.append(new SuppressionLine(true, BORIS).text()).append('\n');
      spare.append(new SuppressionLine(false, BORIS).text()).append('\n');
    }
    Files.writeString(file, spare);

    try (var list = SuppressionList.open(file)) {
      assertThat(list.after("", 10)).containsExactly(ANNA);
    }
    assertThat(Files.size(file)).isEqualTo(before);
  }

  private static AddressPrint print(Suppression suppression) {
    return new AddressPrint(suppression.getPrint());
  }

  private static Suppression suppression(String address, String detail) {
    return Suppression.newBuilder()
        .setPrint(AddressPrint.of(address).hex())
        .setAddress(address)
        .setReason(SuppressionReason.SUPPRESSION_REASON_BOUNCED)
        .setDetail(detail)
        .setAt(Timestamps.fromMillis(1_795_000_000_123L))
        .build();
  }
}
