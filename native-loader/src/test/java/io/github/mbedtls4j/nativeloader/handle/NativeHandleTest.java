package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Md;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NativeHandleTest {
  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  /** Counts how often its context is freed. */
  private static final class Counted extends NativeHandle {
    Counted(AtomicInteger frees, CountDownLatch freed) {
      super(
          ContextType.MD,
          Md::mbedtls_md_init,
          ctx -> {
            Md.mbedtls_md_free(ctx);
            frees.incrementAndGet();
            freed.countDown();
          });
    }

    long use() {
      return address();
    }

    int run(LongToIntFunction operation) {
      return status(operation);
    }
  }

  @Test
  void closesOnce() {
    AtomicInteger frees = new AtomicInteger();
    Counted handle = new Counted(frees, new CountDownLatch(1));
    assertTrue(handle.use() != 0);
    handle.close();
    handle.close();
    assertEquals(1, frees.get());
    assertThrows(IllegalStateException.class, handle::use);
  }

  /** As code does that C calls back and that knows the handle. */
  @Test
  void aCallIsNeitherEnteredAgainNorCutOff() {
    AtomicInteger frees = new AtomicInteger();
    Counted handle = new Counted(frees, new CountDownLatch(1));
    int result =
        handle.run(
            context -> {
              assertThrows(IllegalStateException.class, () -> handle.run(again -> 1));
              handle.close();
              handle.close();
              assertEquals(0, frees.get());
              return 2;
            });
    assertEquals(2, result);
    assertEquals(1, frees.get());
    assertThrows(IllegalStateException.class, () -> handle.run(again -> 1));
  }

  @Test
  void collectedOwnersAreFreed() throws Exception {
    AtomicInteger frees = new AtomicInteger();
    CountDownLatch freed = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      assertTrue(new Counted(frees, freed).use() != 0);
    }
    for (int i = 0; i < 100 && freed.getCount() > 0; i++) {
      System.gc();
      if (freed.await(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    assertEquals(100, frees.get());
  }

  @Test
  void useAfterClose() {
    MdContext md = new MdContext(Hash.SHA256);
    MdContext copy = md.copy();
    md.close();
    assertThrows(IllegalStateException.class, () -> md.update(new byte[1], 0, 1));
    assertThrows(IllegalStateException.class, md::finish);
    assertThrows(IllegalStateException.class, md::copy);
    assertThrows(IllegalStateException.class, () -> copy.copyFrom(md));
    assertArrayEquals(Hash.SHA256.digest(new byte[0], 0, 0), copy.finish());
  }

  @Test
  void closedBuffer() {
    NativeBuffer buffer = NativeBuffer.of(new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {2, 3}, buffer.bytes(1, 2));
    buffer.close();
    buffer.close();
    assertThrows(IllegalStateException.class, buffer::address);
    assertThrows(IllegalStateException.class, () -> buffer.put(0, new byte[1], 0, 1));
  }

  /** What is refused takes no memory out of the pool. */
  @Test
  void partsOutsideOfAnArray() {
    byte[] three = {1, 2, 3};
    long address;
    try (NativeBuffer buffer = NativeBuffer.of(three)) {
      address = buffer.address();
    }
    for (int[] part : new int[][] {{-1, 1}, {0, 4}, {3, 1}, {0, -1}, {2, Integer.MAX_VALUE}}) {
      assertThrows(IndexOutOfBoundsException.class, () -> NativeBuffer.of(three, part[0], part[1]));
    }
    try (NativeBuffer buffer = NativeBuffer.of(three, 1, 2)) {
      assertEquals(address, buffer.address());
    }
  }

  @Test
  void buffersComeWiped() {
    byte[] ones = new byte[NativeBuffer.CHUNK];
    java.util.Arrays.fill(ones, (byte) 1);
    for (int i = 0; i < 50; i++) {
      NativeBuffer.of(ones).close();
      try (NativeBuffer buffer = NativeBuffer.allocate(NativeBuffer.CHUNK)) {
        assertArrayEquals(new byte[NativeBuffer.CHUNK], buffer.bytes(0, NativeBuffer.CHUNK));
      }
    }
  }

  @Test
  void emptyAndLargeBuffers() {
    try (NativeBuffer empty = NativeBuffer.allocate(0);
        NativeBuffer large = NativeBuffer.allocate(1 << 20)) {
      assertTrue(empty.address() != 0);
      assertEquals(0, large.getLong((1 << 20) - 8));
    }
  }

  @Test
  void errorsTellFunctionAndCode() {
    MbedTlsException error =
        assertThrows(
            MbedTlsException.class, () -> MbedTlsException.check("mbedtls_md_setup", -0x5100));
    assertEquals(-0x5100, error.code());
    assertEquals("mbedtls_md_setup", error.function());
    assertTrue(error.getMessage().contains("[-0x5100]"), error.getMessage());
    assertTrue(error.is(-0x5100));
    assertEquals(7, MbedTlsException.check("any", 7));
  }
}
