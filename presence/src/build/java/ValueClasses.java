import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import net.openhft.chronicle.values.ValueModel;

/// Makes, while presence is built, the classes that Chronicle Map would else generate and compile
/// at each start: the implementations of its value interfaces. The library looks for them by name
/// before it generates them, so that it finds them in the jar.
///
/// Started as a source file. Arguments: the folder of the classes.
final class ValueClasses {

  /// The key and the value of the presence map, and the header of every map's file.
  private static final List<String> HEAP_AND_FILE =
      List.of("net.openhft.chronicle.core.values.LongValue", "dev.whileaway.presence.LastSeen");

  private static final List<String> FILE_ONLY =
      List.of("net.openhft.chronicle.hash.VanillaGlobalMutableState");

  private ValueClasses() {}

  public static void main(String[] args) throws Exception {
    for (String type : HEAP_AND_FILE) {
      compile(args[0], source(type, ValueModel.$$HEAP, "generateHeapClass"));
      compile(args[0], source(type, ValueModel.$$NATIVE, "generateNativeClass"));
    }
    for (String type : FILE_ONLY) {
      compile(args[0], source(type, ValueModel.$$NATIVE, "generateNativeClass"));
    }
  }

  /// The library has no public way to its generator but the one that loads what it made.
  private static JavaFileObject source(String type, String suffix, String generator)
      throws ReflectiveOperationException {
    Class<?> value = Class.forName(type);
    Method generate =
        Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod(generator, ValueModel.class, String.class);
    generate.setAccessible(true);
    try {
      String text =
          (String) generate.invoke(null, ValueModel.acquire(value), value.getSimpleName() + suffix);
      return new Source(type + suffix, text);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot generate " + type + suffix, e.getCause());
    }
  }

  private static void compile(String folder, JavaFileObject source) {
    var options = List.of("-proc:none", "-d", folder, "-cp", System.getProperty("java.class.path"));
    // Warnings stay unsaid: nobody here can mend what the library writes.
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(null, null, diagnostics, options, null, List.of(source))
            .call();
    if (!compiled) {
      throw new IllegalStateException(
          "expected "
              + source.getName()
              + " to compile, but found "
              + diagnostics.getDiagnostics());
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
