package dev.whileaway.aggregator.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which users' ledgers grew on which day, so that old entries are found without a search.
///
/// Users are written into pages of [#USERS_PER_PAGE]; the pages are numbered through all days, each
/// names its day, and they are read again in the order in which they were written. Page by page is
/// how old entries are removed: bounded work, whenever it is done.
final class LedgerCalendar {

  static final int USERS_PER_PAGE = 64;
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final char SPACE = 'C';

  private final ColdStore cold;
  private long firstPage;
  private long lastPage;

  /// The last page, kept so that a user more costs no reading; null: it must be read first.
  private @Nullable OpenPage open;

  LedgerCalendar(ColdStore cold) {
    this.cold = cold;
  }

  /// The users of one page.
  record Page(long day, List<UserId> users) {}

  /// A page in its packed form, as it is being filled.
  private static final class OpenPage {

    private final long day;
    private final Packer bytes = new Packer();
    private int users;

    OpenPage(long day) {
      this.day = day;
      bytes.varint(day);
    }

    static OpenPage of(Page page) {
      var open = new OpenPage(page.day);
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

  void write(long day, UserId user) {
    OpenPage page = open == null ? reopen(day) : open;
    if (!page.takes(day)) {
      lastPage++;
      page = new OpenPage(day);
    }
    open = page;
    page.add(user);
    cold.put(key(lastPage), page.bytes.toBytes());
  }

  private OpenPage reopen(long day) {
    return page(lastPage).map(OpenPage::of).orElseGet(() -> new OpenPage(day));
  }

  /// The oldest page, if its day had ended before `oldestMillis`.
  Optional<Page> oldestBefore(long oldestMillis) {
    return page(firstPage).filter(page -> (page.day + 1) * DAY_MILLIS <= oldestMillis);
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
  }

  void load(Unpacker from) {
    firstPage = from.varint();
    lastPage = from.varint();
    open = null;
  }

  private Optional<Page> page(long number) {
    byte @Nullable [] record = cold.get(key(number));
    if (record == null) {
      return Optional.empty();
    }
    var from = new Unpacker(record);
    long day = from.varint();
    var users = new ArrayList<UserId>();
    while (!from.atEnd()) {
      users.add(new UserId(PackedId.read(from)));
    }
    return Optional.of(new Page(day, users));
  }

  private static byte[] key(long page) {
    return ColdStore.ordered(new Packer().put(SPACE), page).toBytes();
  }
}
