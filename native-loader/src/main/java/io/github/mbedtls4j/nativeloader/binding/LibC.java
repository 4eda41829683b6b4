package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** The C library. */
public final class LibC {
  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  /** The address of {@code atoi}; 0 if there is none. */
  public static final long ATOI = addressOf("atoi");

  private LibC() {}

  private static long addressOf(String function) {
    try {
      return Pointer.nativeValue(
          NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction(function));
    } catch (UnsatisfiedLinkError e) {
      return 0;
    }
  }

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
