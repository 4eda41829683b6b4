package javax.crypto.spec;

import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import javax.crypto.SecretKey;

/** The signatures of JDK 25's interface, for compiling alone: see {@link javax.crypto.KDFSpi}. */
public interface HKDFParameterSpec extends AlgorithmParameterSpec {
  final class Extract implements HKDFParameterSpec {
    private Extract() {}

    public native List<SecretKey> ikms();

    public native List<SecretKey> salts();
  }

  final class Expand implements HKDFParameterSpec {
    private Expand() {}

    public native SecretKey prk();

    public native byte[] info();

    public native int length();
  }

  final class ExtractThenExpand implements HKDFParameterSpec {
    private ExtractThenExpand() {}

    public native List<SecretKey> ikms();

    public native List<SecretKey> salts();

    public native byte[] info();

    public native int length();
  }
}
