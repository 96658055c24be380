package dev.whileaway.aggregator.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import dev.whileaway.aggregator.edge.rules.Found;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.v1.Violation;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads and writes the JSON form of messages, and refuses what a lenient reader would leave out
/// without a word: unknown fields, names given twice.
final class StrictJson implements GrpcJsonMarshaller {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  /// Zero and false are shown: a person who looks at an answer should see what it can hold.
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    out.write(PRINTER.print((Message) message).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    Message prototype = (Message) ((PrototypeMarshaller<T>) marshaller).getMessagePrototype();
    if (prototype == null) {
      throw new IllegalStateException(
          "expected a marshaller of protobuf messages, but found " + marshaller);
    }
    String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    List<Violation> unknown = JsonShape.check(parse(json), prototype.getDescriptorForType());
    if (!unknown.isEmpty()) {
      throw new RefusedException(unknown);
    }
    Message.Builder message = prototype.newBuilderForType();
    try {
      PARSER.merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    return (T) message.build();
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw refused(e.getOriginalMessage());
    }
  }

  private static RefusedException refused(String found) {
    return RefusedException.of(
        "", "expected the JSON form of the request, but found: " + Found.quote(found));
  }
}
