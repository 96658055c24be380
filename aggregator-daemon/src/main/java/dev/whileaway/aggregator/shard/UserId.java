package dev.whileaway.aggregator.shard;

/// The product's id of a user: 1 to 128 bytes in UTF-8, checked at the edge.
public record UserId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
