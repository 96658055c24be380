package dev.whileaway.aggregator.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose ledgers grew on which day, so that old entries go without a search.
///
/// A user is written once for each entry, in the order of the entries' numbers, which leave none
/// out: so the first of a page tells all. A page has [#USERS_PER_PAGE] users or less; the pages are
/// numbered through all days, each names its day, and they are read again in the order in which
/// they were written. Page by page is how old entries are removed: bounded work, whenever it is
/// done. The page that is being filled lies in the shard's header, and becomes a cold record when
/// it is full or its day is over.
final class LedgerCalendar {

  static final int USERS_PER_PAGE = 64;
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final char SPACE = 'N';

  private final ColdStore cold;
  private long firstPage;
  private long lastPage;

  /// The last page; null: nothing is written in it yet.
  private @Nullable OpenPage open;

  /// The first page's day ends no sooner, as far as is known: it is asked for far more often than
  /// it is over, and lies in the database.
  private long firstEndsAtMillis = Long.MIN_VALUE;

  LedgerCalendar(ColdStore cold) {
    this.cold = cold;
  }

  /// The users of one page.
  ///
  /// @param firstNumber of the entry of the first of them; the others' follow
  record Page(long day, long firstNumber, List<UserId> users) {

    static long dayOf(byte[] record) {
      return new Unpacker(record).varint();
    }

    static Page of(byte[] record) {
      var from = new Unpacker(record);
      long day = from.varint();
      long firstNumber = from.varint();
      var users = new ArrayList<UserId>();
      while (!from.atEnd()) {
        users.add(new UserId(PackedId.read(from)));
      }
      return new Page(day, firstNumber, users);
    }
  }

  /// A page in its packed form, as it is being filled.
  private static final class OpenPage {

    private final long day;
    private final Packer bytes = new Packer();
    private int users;

    OpenPage(long day, long firstNumber) {
      this.day = day;
      bytes.varint(day).varint(firstNumber);
    }

    static OpenPage of(byte[] record) {
      Page page = Page.of(record);
      var open = new OpenPage(page.day, page.firstNumber);
      page.users.forEach(open::add);
      return open;
    }

    boolean takes(long other) {
      return day == other && users < USERS_PER_PAGE;
    }

    void add(UserId user) {
      PackedId.write(bytes, user.value());
      users++;
    }
  }

  static long day(long atMillis) {
    return Math.floorDiv(atMillis, DAY_MILLIS);
  }

  /// @param number of the entry: that of the last call and one
  void write(long day, long number, UserId user) {
    OpenPage page = open;
    if (page == null) {
      page = new OpenPage(day, number);
    } else if (!page.takes(day)) {
      cold.put(key(lastPage), page.bytes.toBytes());
      lastPage++;
      page = new OpenPage(day, number);
    }
    open = page;
    page.add(user);
  }

  /// The oldest page, if its day had ended before `oldestMillis`.
  Optional<Page> oldestBefore(long oldestMillis) {
    if (firstEndsAtMillis > oldestMillis) {
      return Optional.empty();
    }
    byte @Nullable [] oldest = firstPage == lastPage ? openBytes() : cold.get(key(firstPage));
    if (oldest == null) {
      return Optional.empty();
    }
    firstEndsAtMillis = (Page.dayOf(oldest) + 1) * DAY_MILLIS;
    return firstEndsAtMillis > oldestMillis ? Optional.empty() : Optional.of(Page.of(oldest));
  }

  private byte @Nullable [] openBytes() {
    return open == null ? null : open.bytes.toBytes();
  }

  void removeOldest() {
    cold.delete(key(firstPage));
    if (firstPage == lastPage) {
      lastPage++;
      open = null;
    }
    firstPage++;
  }

  void writeTo(Packer to) {
    to.varint(firstPage).varint(lastPage);
    if (open != null) {
      to.raw(open.bytes.buffer(), 0, open.bytes.size());
    }
  }

  /// Reads to the end of the header.
  void load(Unpacker from) {
    firstPage = from.varint();
    lastPage = from.varint();
    open = from.atEnd() ? null : OpenPage.of(from.rest());
    firstEndsAtMillis = Long.MIN_VALUE;
  }

  private static byte[] key(long page) {
    return ColdRecords.inSeries(new byte[] {SPACE}, page);
  }
}
