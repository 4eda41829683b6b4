package io.github.mbedtls4j.provider.boot;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;

/**
 * Main of child JVMs: opens a PKCS #12 key store, uses its keys, writes it and reads it again.
 *
 * <p>Arguments: file, password, and {@code insert} to put our provider first between loading the
 * store and using it.
 */
final class KeyStoreUse {
  private KeyStoreUse() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    char[] password = arguments[1].toCharArray();
    KeyStore store = load(file, password);
    if (arguments.length > 2) {
      Security.insertProviderAt(new MbedTlsProvider(), 1);
    }
    System.out.println("first: " + Security.getProviders()[0].getName());
    use(store, password);

    Path copy = file.resolveSibling(file.getFileName() + ".copy");
    try (OutputStream out = Files.newOutputStream(copy)) {
      store.store(out, password);
    }
    use(load(copy, password), password);
    System.out.println("ended");
  }

  private static KeyStore load(Path file, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static void use(KeyStore store, char[] password) throws Exception {
    for (String alias : Collections.list(store.aliases())) {
      PrivateKey key = (PrivateKey) store.getKey(alias, password);
      Certificate certificate = store.getCertificate(alias);
      Signature signature = Signature.getInstance("SHA256with" + algorithm(key));
      signature.initSign(key);
      signature.update(key.getEncoded());
      byte[] value = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(key.getEncoded());
      if (!signature.verify(value)) {
        throw new AssertionError("signature of " + alias + " is wrong");
      }
      certificate.verify(certificate.getPublicKey());
      System.out.println(
          "used "
              + key.getAlgorithm()
              + " key of "
              + ((X509Certificate) certificate).getSubjectX500Principal());
    }
  }

  private static String algorithm(PrivateKey key) {
    return key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
  }
}
