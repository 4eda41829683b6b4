package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Scratch memory for the arguments of one native call, overwritten when closed.
 *
 * <p>Data goes to C through such buffers and never as {@code byte[]}: JNA would copy the array and
 * leave the copy behind. Not safe for use by several threads.
 */
public final class NativeBuffer implements AutoCloseable {
  /** Callers cut long data into pieces of this many bytes; buffers up to it come from a pool. */
  public static final int CHUNK = 1 << 14;

  /** Room for a chunk as a TLS record: header, IV, MAC and padding, RFC 5246 section 6.2.3. */
  public static final int PAGE = CHUNK + 2048 + 256;

  private record Page(long address, ByteBuffer view) {
    static Page of(long size) {
      long address = Memory.allocate(size);
      return new Page(address, Memory.view(address, size));
    }
  }

  private static final byte[] ZEROS = new byte[PAGE];
  private static final Pool<Page> PAGES = new Pool<>(() -> Page.of(PAGE));

  private Page page;
  private final int allocated;
  private int size;

  private NativeBuffer(int size) {
    this.size = size;
    allocated = size;
    // An empty argument still needs a valid address.
    page = size <= PAGE ? PAGES.take() : Page.of(size);
  }

  /** A buffer of {@code size} zero bytes. */
  public static NativeBuffer allocate(int size) {
    return new NativeBuffer(size);
  }

  /** A buffer with a copy of an array. */
  public static NativeBuffer of(byte[] source) {
    return of(source, 0, source.length);
  }

  /** A buffer with a copy of a part of an array. */
  public static NativeBuffer of(byte[] source, int offset, int length) {
    // Before memory is taken, which nobody would give back.
    Objects.checkFromIndexSize(offset, length, source.length);
    NativeBuffer buffer = new NativeBuffer(length);
    buffer.put(0, source, offset, length);
    return buffer;
  }

  /** A buffer with US-ASCII text and a terminating NUL. */
  public static NativeBuffer ofCString(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    NativeBuffer buffer = new NativeBuffer(bytes.length + 1);
    buffer.put(0, bytes, 0, bytes.length);
    return buffer;
  }

  /** The address for C; valid until {@link #close}. */
  public long address() {
    return open().address;
  }

  /** The size in bytes. */
  public int size() {
    return size;
  }

  /** Says that only the first {@code used} bytes were written to, so that no more is wiped. */
  public void truncate(int used) {
    size = Math.min(size, used);
  }

  /** Copies the remaining bytes of a buffer in. */
  public void put(int at, ByteBuffer source) {
    int length = source.remaining();
    open().view.put(at, source, source.position(), length);
    source.position(source.position() + length);
  }

  /** Copies bytes out into a buffer. */
  public void get(int at, ByteBuffer target, int length) {
    target.put(open().view.slice(at, length));
  }

  /** Copies bytes in. */
  public void put(int at, byte[] source, int offset, int length) {
    open().view.put(at, source, offset, length);
  }

  /** Copies bytes out. */
  public void get(int at, byte[] target, int offset, int length) {
    open().view.get(at, target, offset, length);
  }

  /** Adds bytes of another buffer to bytes of this one, without carry. */
  void xor(int at, NativeBuffer other, int otherAt, int length) {
    ByteBuffer to = open().view;
    ByteBuffer from = other.open().view;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      to.putLong(at + i, to.getLong(at + i) ^ from.getLong(otherAt + i));
    }
    for (; i < length; i++) {
      to.put(at + i, (byte) (to.get(at + i) ^ from.get(otherAt + i)));
    }
  }

  /** A copy of bytes. */
  public byte[] bytes(int at, int length) {
    byte[] copy = new byte[length];
    get(at, copy, 0, length);
    return copy;
  }

  /** Reads an unsigned byte. */
  public int getByte(int at) {
    return open().view.get(at) & 0xFF;
  }

  /** Stores a C {@code int}. */
  public void putInt(int at, int value) {
    open().view.putInt(at, value);
  }

  /** Stores a C {@code long} or pointer. */
  public void putLong(int at, long value) {
    open().view.putLong(at, value);
  }

  /** Reads a C {@code size_t}. */
  public long getLong(int at) {
    return open().view.getLong(at);
  }

  /** The US-ASCII text up to the first NUL. */
  public String cString() {
    byte[] all = bytes(0, size);
    int end = 0;
    while (end < size && all[end] != 0) {
      end++;
    }
    return new String(all, 0, end, StandardCharsets.US_ASCII);
  }

  private Page open() {
    if (page == null) {
      throw new IllegalStateException("native buffer is closed");
    }
    return page;
  }

  /** Overwrites the memory and gives it back. */
  @Override
  public void close() {
    Page closing = page;
    page = null;
    if (closing == null) {
      return;
    }
    if (allocated > PAGE) {
      Memory.wipeAndFree(closing.address, allocated);
      return;
    }
    closing.view.put(0, ZEROS, 0, size);
    if (!PAGES.give(closing)) {
      Memory.wipeAndFree(closing.address, PAGE);
    }
  }
}
