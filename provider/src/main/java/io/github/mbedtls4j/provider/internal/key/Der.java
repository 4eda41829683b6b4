package io.github.mbedtls4j.provider.internal.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes DER (ITU-T X.690): each method returns one complete element. */
public final class Der {
  public static final int INTEGER = 0x02;
  public static final int BIT_STRING = 0x03;
  public static final int OCTET_STRING = 0x04;
  public static final int NULL = 0x05;
  public static final int OBJECT_IDENTIFIER = 0x06;
  public static final int SEQUENCE = 0x30;

  /** A constructed context-specific tag, as explicit tagging uses it. */
  public static final int CONTEXT = 0xA0;

  private Der() {}

  /** An element with the given tag around the concatenated contents. */
  public static byte[] element(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  /** A SEQUENCE of elements. */
  public static byte[] sequence(byte[]... elements) {
    return element(SEQUENCE, elements);
  }

  /** An INTEGER. */
  public static byte[] integer(BigInteger value) {
    return element(INTEGER, value.toByteArray());
  }

  /** A BIT STRING without unused bits. */
  public static byte[] bitString(byte[] bits) {
    return element(BIT_STRING, new byte[1], bits);
  }

  /** An OCTET STRING. */
  public static byte[] octetString(byte[] octets) {
    return element(OCTET_STRING, octets);
  }

  /** NULL. */
  public static byte[] nul() {
    return element(NULL);
  }

  /** An OBJECT IDENTIFIER from its dotted form. */
  public static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    base128(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      base128(out, Long.parseLong(arcs[i]));
    }
    return element(OBJECT_IDENTIFIER, out.toByteArray());
  }

  private static void base128(ByteArrayOutputStream out, long value) {
    int shift = 63 / 7 * 7;
    while (shift > 0 && value >>> shift == 0) {
      shift -= 7;
    }
    for (; shift > 0; shift -= 7) {
      out.write(((int) (value >>> shift) & 0x7F) | 0x80);
    }
    out.write((int) value & 0x7F);
  }
}
