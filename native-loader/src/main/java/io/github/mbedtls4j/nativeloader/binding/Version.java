package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/version.h}. */
public final class Version {
  static {
    LoadedLibrary.register(Version.class);
  }

  private Version() {}

  public static native void mbedtls_version_get_string_full(long string);

  public static native int mbedtls_version_check_feature(long feature);
}
