package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/error.h}. */
public final class ErrorText {
  static {
    LoadedLibrary.register(ErrorText.class);
  }

  private ErrorText() {}

  public static native void mbedtls_strerror(int errnum, long buffer, long buflen);
}
