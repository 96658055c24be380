package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardView.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packs a [UserRecord] into the one array that a user costs, and unpacks it; [RecordHead] draws
/// the form. A backlog has exactly one packed form, so equal states are equal byte for byte.
final class RecordCodec {

  private RecordCodec() {}

  static byte[] encode(UserRecord backlog, Packer to) {
    byte[] rest = writeRest(backlog, to.clear()).toBytes();
    var head = headOf(backlog, rest.length);
    PackedId.write(to.clear(), backlog.user().value());
    head.writeTo(to);
    to.raw(rest, 0, rest.length);
    for (KeptEvent event : backlog.events()) {
      event.writeTo(to, head.baseSeq, head.baseAtMillis);
    }
    return to.toBytes();
  }

  static UserRecord decode(byte[] record) {
    var from = new Unpacker(record);
    var user = new UserId(PackedId.read(from));
    var head = new RecordHead().read(from.moveTo(record, 0));
    var ids = head.has(RecordHead.HAS_IDS) ? EventIds.read(from) : EventIds.NONE;
    long dueAt = head.isClaimed() ? from.varint() : head.isPending() ? head.wakeAtMillis : 0;
    var claim = head.isClaimed() ? readClaim(from, head) : null;
    var gaveWay = head.has(RecordHead.HAS_GAVE_WAY) ? Tally.read(from) : Tally.NONE;
    var late = head.has(RecordHead.HAS_LATE) ? Latecomers.read(from) : Latecomers.NONE;
    var told = from.position() < head.restStart + head.restLength ? Told.read(from) : null;
    int flagBits = head.isRemnant() ? 0 : head.flagBits();
    var schedule = new Schedule(dueAt, flagBits, head.attempts);
    return new UserRecord(
        user, head.lastSeq, schedule, claim, readEvents(from, head), gaveWay, late, ids, told);
  }

  static Phase phaseOf(@Nullable Claim claim) {
    if (claim == null) {
      return Phase.WAITING;
    }
    return claim.sending() == null ? Phase.LEASED : Phase.SENDING;
  }

  private static Claim readClaim(Unpacker from, RecordHead head) {
    return Claim.read(from, head.wakeAtMillis, head.phase() == Phase.SENDING);
  }

  private static List<KeptEvent> readEvents(Unpacker from, RecordHead head) {
    var events = new ArrayList<KeptEvent>(head.kept);
    for (int i = 0; i < head.kept; i++) {
      events.add(KeptEvent.read(from, head.baseSeq, head.baseAtMillis));
    }
    return List.copyOf(events);
  }

  private static Packer writeRest(UserRecord backlog, Packer to) {
    if (!backlog.ids().isEmpty()) {
      backlog.ids().writeTo(to);
    }
    if (backlog.claim() != null) {
      backlog.claim().writeTo(to.varint(backlog.schedule().dueAtMillis()));
    }
    if (!backlog.gaveWay().isEmpty()) {
      backlog.gaveWay().writeTo(to);
    }
    if (!backlog.late().isEmpty()) {
      backlog.late().writeTo(to);
    }
    if (backlog.told() != null) {
      backlog.told().writeTo(to);
    }
    return to;
  }

  private static RecordHead headOf(UserRecord backlog, int restLength) {
    var head = new RecordHead();
    head.shape = shapeOf(backlog);
    head.wakeAtMillis = wakeAtMillis(backlog);
    head.lastSeq = backlog.lastSeq();
    head.attempts = backlog.schedule().attempts();
    head.kept = backlog.events().size();
    head.counted = backlog.gaveWay().events() + backlog.late().tally().events();
    head.baseSeq = backlog.isPending() ? backlog.events().getFirst().seq() : 0;
    head.baseAtMillis = backlog.isPending() ? backlog.events().getFirst().atMillis() : 0;
    head.restLength = restLength;
    return head;
  }

  private static int shapeOf(UserRecord backlog) {
    return RecordHead.shape(phaseOf(backlog.claim()), flagBits(backlog))
        | (backlog.ids().isEmpty() ? 0 : RecordHead.HAS_IDS)
        | (backlog.claim() == null ? 0 : RecordHead.HAS_CLAIM)
        | (backlog.gaveWay().isEmpty() ? 0 : RecordHead.HAS_GAVE_WAY)
        | (backlog.late().isEmpty() ? 0 : RecordHead.HAS_LATE);
  }

  /// A remnant has no ladder: its flags say what is to be known without unpacking it.
  private static int flagBits(UserRecord backlog) {
    if (backlog.isPending() || backlog.claim() != null) {
      return backlog.schedule().flagBits();
    }
    if (backlog.isToRetract()) {
      return RecordHead.TO_RETRACT;
    }
    return backlog.told() == null ? 0 : RecordHead.TOLD;
  }

  private static long wakeAtMillis(UserRecord backlog) {
    if (backlog.claim() != null) {
      return backlog.claim().expiresAtMillis();
    }
    if (backlog.isPending()) {
      return backlog.schedule().dueAtMillis();
    }
    Told told = backlog.told();
    long idsEnd = backlog.ids().lastForgetAtMillis();
    if (told == null) {
      return idsEnd;
    }
    return told.isSeen() ? told.seenAtMillis() : Math.max(idsEnd, told.endsAtMillis());
  }
}
