package javax.crypto;

/** As in JDK 25, for compiling alone: see {@link KDFSpi}. */
public interface KDFParameters {}
