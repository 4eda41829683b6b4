package io.github.mbedtls4j.jsse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a pre-shared key, or a server's hint which one it wants (RFC 4279): bytes, which by
 * convention are text in UTF-8. Two are equal if their bytes are.
 *
 * <p>It is also the {@link javax.net.ssl.SSLSession#getPeerPrincipal peer principal} of a server's
 * connection and the local principal of a client's. Identities travel in the clear. Instances are
 * immutable.
 */
public final class PskIdentity implements Principal {
  /** The longest identity that TLS can carry, in bytes. */
  private static final int MAX_LENGTH = 0xFFFF;

  private final byte[] bytes;

  private PskIdentity(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a PSK identity has 1 to " + MAX_LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /**
   * An identity of text, in UTF-8 and without normalisation.
   *
   * @throws IllegalArgumentException if that is not 1 to 65,535 bytes or not possible, because of
   *     an unpaired surrogate
   */
  public static PskIdentity of(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return new PskIdentity(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a PSK identity of text that UTF-8 cannot encode", e);
    }
  }

  /**
   * An identity of any bytes, which are copied.
   *
   * @throws IllegalArgumentException if they are not 1 to 65,535
   */
  public static PskIdentity of(byte[] bytes) {
    return new PskIdentity(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The text; empty if the bytes are not UTF-8. */
  public Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * The text, or the bytes as {@code 0x} and hexadecimal digits if they are not UTF-8. A peer that
   * proved no key may have chosen it: compare identities by {@link #equals}, not by name.
   */
  @Override
  public String getName() {
    return text().orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PskIdentity identity && Arrays.equals(bytes, identity.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The name for logs: characters outside of printable ASCII are escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("PskIdentity(");
    for (char c : getName().toCharArray()) {
      if (c >= ' ' && c <= '~') {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return text.append(')').toString();
  }
}
