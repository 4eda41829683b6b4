package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Pbkdf2;
import io.github.mbedtls4j.nativeloader.handle.Pkcs12Kdf;
import io.github.mbedtls4j.provider.internal.pbe.PbeInput;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.MacSpi;

/** HMAC with a key derived from a password. */
public final class PbeMacSpi extends MacSpi implements Cloneable {
  /** How the key is derived. */
  public enum Scheme {
    /** RFC 7292, appendix B: protects PKCS #12 files. */
    PKCS12 {
      @Override
      byte[] derive(Hash hash, PbeInput input) {
        byte[] password = input.bmpString();
        try {
          return Pkcs12Kdf.derive(
              hash,
              Pkcs12Kdf.Purpose.MAC,
              password,
              input.salt(),
              input.iterations(),
              hash.length());
        } finally {
          Arrays.fill(password, (byte) 0);
        }
      }
    },
    /** PBMAC1 (RFC 8018, section 7.1). */
    PBMAC1 {
      @Override
      byte[] derive(Hash hash, PbeInput input) {
        byte[] password = input.utf8();
        try {
          // RFC 8018 leaves the length open. SunJCE means a block and takes its bytes for bits.
          return Pbkdf2.derive(
              hash, password, input.salt(), input.iterations(), hash.blockLength() / Byte.SIZE);
        } finally {
          Arrays.fill(password, (byte) 0);
        }
      }
    };

    abstract byte[] derive(Hash hash, PbeInput input);
  }

  private final Scheme scheme;
  private final Hash hash;
  private final HmacSpi hmac;

  /** A MAC that waits for its password. */
  public PbeMacSpi(Scheme scheme, Hash hash) {
    this(scheme, hash, new HmacSpi(hash));
  }

  private PbeMacSpi(Scheme scheme, Hash hash, HmacSpi hmac) {
    this.scheme = scheme;
    this.hash = hash;
    this.hmac = hmac;
  }

  @Override
  protected int engineGetMacLength() {
    return hmac.engineGetMacLength();
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    try (PbeInput input = PbeInput.of(key, params)) {
      byte[] derived = scheme.derive(hash, input);
      try {
        hmac.key(derived);
      } finally {
        Arrays.fill(derived, (byte) 0);
      }
    }
  }

  @Override
  protected void engineUpdate(byte input) {
    hmac.engineUpdate(input);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    hmac.engineUpdate(input, offset, length);
  }

  @Override
  protected byte[] engineDoFinal() {
    return hmac.engineDoFinal();
  }

  @Override
  protected void engineReset() {
    hmac.engineReset();
  }

  @Override
  public Object clone() {
    return new PbeMacSpi(scheme, hash, (HmacSpi) hmac.clone());
  }
}
