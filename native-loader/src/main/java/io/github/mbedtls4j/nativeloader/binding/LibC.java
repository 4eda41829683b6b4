package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The C library. */
public final class LibC {
  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  private LibC() {}

  public static native long memcpy(long dest, long src, long n);
}
