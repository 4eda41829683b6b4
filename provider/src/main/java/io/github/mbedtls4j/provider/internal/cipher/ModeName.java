package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A mode of operation, as transformations name it: {@code CBC}, {@code CFB}, {@code CFB8}.
 *
 * @param bits how much feedback modes feed back; 0 for a whole block, and in other modes
 */
public record ModeName(Family family, int bits) {
  /** What modes have in common whatever their feedback. */
  public enum Family {
    ECB,
    CBC,
    PCBC,
    CTR,
    CTS,
    CFB,
    OFB;

    private boolean feedback() {
      return this == CFB || this == OFB;
    }
  }

  /** A mode with no number in its name. */
  public static ModeName of(Family family) {
    return new ModeName(family, 0);
  }

  /** The mode of a transformation. */
  static ModeName of(String name, int block) throws NoSuchAlgorithmException {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Family family : Family.values()) {
      if (upper.equals(family.name())) {
        return of(family);
      }
      if (family.feedback() && upper.matches(family.name() + "[0-9]{1,3}")) {
        int bits = Integer.parseInt(upper.substring(family.name().length()));
        if (bits > 0 && bits % 8 == 0 && bits <= block * 8) {
          return new ModeName(family, bits == block * 8 ? 0 : bits);
        }
      }
    }
    throw new NoSuchAlgorithmException("Cipher mode: " + name + " not found");
  }

  /** What the loaded library offers, in the form of the service attribute SupportedModes. */
  public static String names(CipherKind kind) {
    List<String> names = new ArrayList<>();
    for (Family family : Family.values()) {
      if (offered(kind, family)) {
        names.add(family.name());
        for (int bits = 8; family.feedback() && bits <= kind.blockLength() * 8; bits += 8) {
          names.add(family.name() + bits);
        }
      }
    }
    return String.join("|", names);
  }

  /** ARIA and Camellia have the modes of their standards; the others all that SunJCE has. */
  private static boolean offered(CipherKind kind, Family family) {
    boolean ecb = kind.supports(CipherKind.Mode.ECB);
    boolean cbc = kind.supports(CipherKind.Mode.CBC);
    boolean unusual = kind != CipherKind.ARIA && kind != CipherKind.CAMELLIA;
    return switch (family) {
      case ECB, CTR, CFB -> ecb;
      case CBC -> cbc;
      case PCBC, OFB -> ecb && unusual;
      case CTS -> cbc && unusual;
    };
  }

  /** Whether the end of a message may be a part of what the mode transforms at a time. */
  boolean streams() {
    return family == Family.CTR || family.feedback();
  }

  /** Whether a message has any length, and padding would make no sense, as SunJCE sees it. */
  boolean refusesPadding() {
    return family == Family.CTR || family == Family.CTS;
  }

  /** How many bytes the mode transforms at a time. */
  int unit(int block) {
    if (family == Family.CTR) {
      return 1;
    }
    return bits == 0 ? block : bits / 8;
  }

  @Override
  public String toString() {
    return family + (bits == 0 ? "" : Integer.toString(bits));
  }
}
