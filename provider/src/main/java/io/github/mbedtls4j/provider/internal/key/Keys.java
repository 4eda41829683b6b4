package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * Turns keys of any provider into ours: by the values that their interface gives, else by their
 * encoding. A key that gives neither, such as one in a token, is an {@link InvalidKeyException}:
 * JCA then asks the next provider.
 */
public final class Keys {
  /** Takes a foreign key apart. */
  interface Translation<K> {
    K of() throws InvalidKeyException;
  }

  private static final TranslatedKeys<RsaPublic> RSA_PUBLIC = new TranslatedKeys<>();
  private static final TranslatedKeys<RsaPrivate> RSA_PRIVATE = new TranslatedKeys<>();

  private Keys() {}

  /** Our form of an RSA public key, which is not for RSASSA-PSS alone. */
  public static RsaPublic rsaPublic(Key key) throws InvalidKeyException {
    RsaPublic ours = anyRsaPublic(key);
    ours.use().require(false);
    return ours;
  }

  /** Our form of an RSA public key, whatever it is for. */
  public static RsaPublic anyRsaPublic(Key key) throws InvalidKeyException {
    return key instanceof RsaPublic ours
        ? ours
        : remembered(RSA_PUBLIC, key, "RSA public key", () -> readRsaPublic(key));
  }

  private static RsaPublic readRsaPublic(Key key) throws InvalidKeyException {
    if (key instanceof RSAPublicKey values) {
      RsaUse use = RsaUse.of(key);
      if (known(values.getModulus(), values.getPublicExponent())) {
        return RsaPublic.of(use, values.getModulus(), values.getPublicExponent());
      }
    }
    return RsaCodec.readPublic(encoding(key, PublicKey.class, "X.509"));
  }

  /** Our form of an RSA private key, which is not for RSASSA-PSS alone. */
  public static RsaPrivate rsaPrivate(Key key) throws InvalidKeyException {
    RsaPrivate ours = anyRsaPrivate(key);
    ours.use().require(false);
    return ours;
  }

  /** Our form of an RSA private key, with the CRT numbers if they can be had. */
  public static RsaPrivate anyRsaPrivate(Key key) throws InvalidKeyException {
    return key instanceof RsaPrivate ours
        ? ours
        : remembered(RSA_PRIVATE, key, "RSA private key", () -> readRsaPrivate(key));
  }

  private static RsaPrivate readRsaPrivate(Key key) throws InvalidKeyException {
    if (key instanceof RSAPrivateCrtKey crt) {
      BigInteger[] numbers = numbers(crt);
      RsaUse use = RsaUse.of(key);
      if (known(numbers)) {
        return RsaPrivateCrt.of(use, Arrays.asList(numbers));
      }
    }
    if (key instanceof RSAPrivateKey values) {
      RsaUse use = RsaUse.of(key);
      if (known(values.getModulus(), values.getPrivateExponent())) {
        return RsaPrivate.of(use, values.getModulus(), values.getPrivateExponent());
      }
    }
    return RsaCodec.readPrivate(encoding(key, PrivateKey.class, "PKCS#8"));
  }

  private static BigInteger[] numbers(RSAPrivateCrtKey key) {
    return new BigInteger[] {
      key.getModulus(),
      key.getPublicExponent(),
      key.getPrivateExponent(),
      key.getPrimeP(),
      key.getPrimeQ(),
      key.getPrimeExponentP(),
      key.getPrimeExponentQ(),
      key.getCrtCoefficient()
    };
  }

  /** Our form of an EC public key. */
  public static EcPublic ecPublic(Key key) throws InvalidKeyException {
    return key instanceof EcPublic ours
        ? ours
        : translate(key, "EC public key", () -> readEcPublic(key));
  }

  private static EcPublic readEcPublic(Key key) throws InvalidKeyException {
    if (key instanceof ECPublicKey values && values.getParams() != null && values.getW() != null) {
      return EcPublic.of(curve(values.getParams()), values.getW());
    }
    return EcCodec.readPublic(encoding(key, PublicKey.class, "X.509"));
  }

  /** Our form of an EC private key. */
  public static EcPrivate ecPrivate(Key key) throws InvalidKeyException {
    return key instanceof EcPrivate ours
        ? ours
        : translate(key, "EC private key", () -> readEcPrivate(key));
  }

  private static EcPrivate readEcPrivate(Key key) throws InvalidKeyException {
    if (key instanceof ECPrivateKey values && values.getParams() != null && values.getS() != null) {
      return EcPrivate.of(curve(values.getParams()), values.getS());
    }
    return EcCodec.readPrivate(encoding(key, PrivateKey.class, "PKCS#8"));
  }

  /** Our form of an RSA or EC private key. */
  public static PrivateKey privateKey(Key key) throws InvalidKeyException {
    return isEc(key) ? ecPrivate(key) : rsaPrivate(key);
  }

  /** Our form of an RSA or EC public key. */
  public static PublicKey publicKey(Key key) throws InvalidKeyException {
    return isEc(key) ? ecPublic(key) : rsaPublic(key);
  }

  private static boolean isEc(Key key) {
    return key instanceof ECKey || (key != null && "EC".equalsIgnoreCase(key.getAlgorithm()));
  }

  /** The curve with the given parameters. */
  static Curve curve(ECParameterSpec spec) throws InvalidKeyException {
    return Curves.of(spec)
        .orElseThrow(() -> new InvalidKeyException("EC parameters are of no known curve: " + spec));
  }

  private static <K> K remembered(
      TranslatedKeys<K> memory, Key key, String wanted, Translation<K> translation)
      throws InvalidKeyException {
    if (key instanceof Destroyable secret && secret.isDestroyed()) {
      memory.remove(key);
      throw new InvalidKeyException("Key has been destroyed");
    }
    K known = key == null ? null : memory.get(key);
    if (known != null) {
      return known;
    }
    K ours = translate(key, wanted, translation);
    memory.put(key, ours);
    return ours;
  }

  static <K> K translate(Key key, String wanted, Translation<K> translation)
      throws InvalidKeyException {
    if (key == null) {
      throw new InvalidKeyException("Key must not be null");
    }
    try {
      return translation.of();
    } catch (InvalidKeyException e) {
      throw e;
    } catch (RuntimeException e) {
      // Token keys have getters that fail in ways of their own.
      throw new InvalidKeyException(
          "No " + wanted + " can be read from " + key.getClass().getName(), e);
    }
  }

  private static boolean known(BigInteger... numbers) {
    return Arrays.stream(numbers).allMatch(number -> number != null);
  }

  static byte[] encoding(Key key, Class<? extends Key> kind, String format)
      throws InvalidKeyException {
    byte[] encoding =
        kind.isInstance(key) && format.equals(key.getFormat()) ? key.getEncoded() : null;
    if (encoding == null) {
      throw new InvalidKeyException(
          key.getAlgorithm()
              + " key "
              + key.getClass().getName()
              + " has neither the wanted interface nor "
              + format
              + " encoding");
    }
    return encoding;
  }
}
