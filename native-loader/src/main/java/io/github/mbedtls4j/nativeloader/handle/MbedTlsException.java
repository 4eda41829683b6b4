package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.ErrorText;
import java.security.ProviderException;
import java.util.HexFormat;

/** A C function of Mbed TLS returned an error: the only exception that native errors become. */
public final class MbedTlsException extends ProviderException {
  private static final long serialVersionUID = 1L;

  /** The C function. */
  private final String function;

  /** The negative return code. */
  private final int code;

  private MbedTlsException(String function, int code) {
    super(function + ": " + describe(code));
    this.function = function;
    this.code = code;
  }

  /**
   * Passes on a result that is not an error.
   *
   * @throws MbedTlsException if {@code result} is negative
   */
  public static int check(String function, int result) {
    if (result < 0) {
      throw new MbedTlsException(function, result);
    }
    return result;
  }

  /** The library's text for a code, with the code in the form of its header files. */
  public static String describe(int code) {
    return text(code) + " [-0x" + HexFormat.of().withUpperCase().toHexDigits((short) -code) + "]";
  }

  /** What {@code mbedtls_strerror} says of a code. */
  public static String text(int code) {
    try (NativeBuffer buffer = NativeBuffer.allocate(200)) {
      ErrorText.mbedtls_strerror(code, buffer.address(), buffer.size());
      return buffer.cString();
    }
  }

  /** The C function that failed. */
  public String function() {
    return function;
  }

  /** The error code as C returned it: negative. */
  public int code() {
    return code;
  }

  /** Whether the code, or its high-level part, is the given one. */
  public boolean is(int errorCode) {
    return code == errorCode || -(-code & 0xFF80) == errorCode;
  }
}
