package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Raw native memory: the one place where addresses are dereferenced. */
public final class Memory {
  private Memory() {}

  /**
   * Allocates zeroed memory.
   *
   * @throws OutOfMemoryError if the C heap has none
   */
  public static long allocate(long size) {
    long address = Native.malloc(size);
    if (address == 0) {
      throw new OutOfMemoryError("cannot allocate " + size + " bytes of native memory");
    }
    new Pointer(address).clear(size);
    return address;
  }

  /** Overwrites and frees memory. */
  public static void wipeAndFree(long address, long size) {
    new Pointer(address).clear(size);
    Native.free(address);
  }

  /** A view of native memory in native byte order; it does not keep the memory alive. */
  public static ByteBuffer view(long address, long size) {
    return new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  /** The address that a direct buffer's position 0 stands at. */
  public static long addressOf(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  public static byte[] bytes(long address, int length) {
    return new Pointer(address).getByteArray(0, length);
  }

  /** Stores C {@code int}s side by side. */
  public static void putInts(long address, int[] values) {
    new Pointer(address).write(0, values, 0, values.length);
  }

  public static int getInt(long address) {
    return new Pointer(address).getInt(0);
  }

  public static long getLong(long address) {
    return new Pointer(address).getLong(0);
  }

  /** The NUL-terminated US-ASCII text at an address; null for a null pointer. */
  public static String string(long address) {
    return address == 0 ? null : new Pointer(address).getString(0, "US-ASCII");
  }
}
