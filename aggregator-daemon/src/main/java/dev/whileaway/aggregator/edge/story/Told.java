package dev.whileaway.aggregator.edge.story;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;

/// One line of a story before it is put in order.
record Told(long atMillis, WhyKind kind, String text) {

  WhyLine line() {
    return WhyLine.newBuilder()
        .setAt(Timestamps.fromMillis(atMillis))
        .setKind(kind)
        .setText(text)
        .build();
  }
}
