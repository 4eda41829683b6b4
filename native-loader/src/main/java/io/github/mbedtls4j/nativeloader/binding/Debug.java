package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/debug.h}. */
public final class Debug {
  static {
    LoadedLibrary.register(Debug.class);
  }

  private Debug() {}

  public static native void mbedtls_debug_set_threshold(int threshold);
}
