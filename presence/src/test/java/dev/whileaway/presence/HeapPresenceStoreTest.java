package dev.whileaway.presence;

class HeapPresenceStoreTest extends PresenceStoreContract {

  @Override
  PresenceStore open() {
    return new HeapPresenceStore();
  }
}
