package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The C library. */
public final class LibC {
  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  private LibC() {}

  public static native long memcpy(long dest, long src, long n);

  private static native long memcpy(Callback dest, long src, long n);

  /**
   * The address that C calls a callback at, as long as the callback object exists: memcpy returns
   * what it is given. JNA's own way to the address would make the slower kind of thunk.
   */
  public static long address(Callback callback) {
    return memcpy(callback, 0, 0);
  }
}
