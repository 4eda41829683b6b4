package javax.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;

/**
 * The signatures of JDK 25's class, written from its public API, so that src/main/java25 compiles
 * with JDK 17 and gives the same jar on every machine. These classes are in no jar: at run time the
 * JDK's own are used.
 */
public abstract class KDFSpi {
  protected KDFSpi(KDFParameters kdfParameters) throws InvalidAlgorithmParameterException {}

  protected abstract KDFParameters engineGetParameters();

  protected abstract SecretKey engineDeriveKey(String alg, AlgorithmParameterSpec derivationSpec)
      throws InvalidAlgorithmParameterException, NoSuchAlgorithmException;

  protected abstract byte[] engineDeriveData(AlgorithmParameterSpec derivationSpec)
      throws InvalidAlgorithmParameterException;
}
