package io.github.mbedtls4j.nativeloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.github.mbedtls4j.moduletest.ModuleProbe;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Several copies of the classes in one JVM, as in an application server; and the module path. */
class ClassLoadersTest {
  private static final Predicate<String> JNA = ChildJvm.named("jna");

  @Test
  void eachWithItsOwnJna() throws Exception {
    twoCopies(ClassLoader.getPlatformClassLoader(), ChildJvm.classPath());
  }

  @Test
  void withJnaInTheParent() throws Exception {
    try (URLClassLoader parent =
        loader(
            ClassLoader.getPlatformClassLoader(),
            ChildJvm.classPath().stream().filter(JNA).toList())) {
      twoCopies(parent, ChildJvm.classPath().stream().filter(JNA.negate()).toList());
    }
  }

  private static void twoCopies(ClassLoader parent, List<String> classPath) throws Exception {
    try (URLClassLoader first = loader(parent, classPath);
        URLClassLoader second = loader(parent, classPath)) {
      Class<?> one = first.loadClass(MbedTls.class.getName());
      Class<?> other = second.loadClass(MbedTls.class.getName());
      assertNotSame(one, other);

      CyclicBarrier start = new CyclicBarrier(2);
      FutureTask<Object> oneVersion = new FutureTask<>(() -> version(one, start));
      Thread thread = new Thread(oneVersion);
      thread.start();
      assertEquals(MbedTls.version(), version(other, start));
      assertEquals(MbedTls.version(), oneVersion.get());
      assertEquals(MbedTls.source(), one.getMethod("source").invoke(null));
      assertEquals(MbedTls.source(), other.getMethod("source").invoke(null));
    }
  }

  private static Object version(Class<?> library, CyclicBarrier start) throws Exception {
    start.await();
    return library.getMethod("version").invoke(null);
  }

  private static URLClassLoader loader(ClassLoader parent, List<String> classPath)
      throws IOException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(classPath.get(i)).toUri().toURL();
    }
    return new URLClassLoader(urls, parent);
  }

  @Test
  void onTheModulePath() throws Exception {
    Predicate<String> tests = element -> element.endsWith("test-classes");
    Predicate<String> modules = element -> JNA.test(element) || element.endsWith("classes");
    List<String> path = ChildJvm.classPath();
    ChildJvm.of(ModuleProbe.class)
        .withModulePath(path.stream().filter(tests.negate().and(modules)).toList())
        .withClassPath(path.stream().filter(tests).toList())
        .with("--add-modules", "io.github.mbedtls4j.nativeloader")
        .run()
        .expect("module io.github.mbedtls4j.nativeloader", "mbed TLS 2.28.");
  }
}
