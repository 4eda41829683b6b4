package io.github.mbedtls4j.provider.internal.key;

import java.io.IOException;

/** The structures that a private key may have in a file. */
public enum PrivateForm {
  /** {@code RSAPrivateKey} of RFC 8017. */
  PKCS1("RSA PRIVATE KEY"),
  /** {@code ECPrivateKey} of RFC 5915. */
  SEC1("EC PRIVATE KEY"),
  /** {@code PrivateKeyInfo} of RFC 5958. */
  PKCS8("PRIVATE KEY"),
  /** {@code EncryptedPrivateKeyInfo} of RFC 5958. */
  ENCRYPTED_PKCS8("ENCRYPTED PRIVATE KEY");

  private final String label;

  PrivateForm(String label) {
    this.label = label;
  }

  /** What a PEM file calls it. */
  public String label() {
    return label;
  }

  /** The structure of an encoding. */
  public static PrivateForm of(byte[] der) throws IOException {
    DerReader outer = DerReader.of(der);
    DerReader key = outer.enter(Der.SEQUENCE);
    outer.end();
    if (key.next(Der.SEQUENCE)) {
      return ENCRYPTED_PKCS8;
    }
    key.integer();
    if (key.next(Der.SEQUENCE)) {
      return PKCS8;
    }
    if (key.next(Der.INTEGER)) {
      return PKCS1;
    }
    if (key.next(Der.OCTET_STRING)) {
      return SEC1;
    }
    throw new IOException("DER that is no private key");
  }

  /** The structure that a PEM label announces. */
  public static PrivateForm ofLabel(String label) throws IOException {
    for (PrivateForm form : values()) {
      if (form.label.equals(label)) {
        return form;
      }
    }
    throw new IOException("\"" + label + "\" is a format that is not known here");
  }
}
