"""TensorFlow stays out of the engine; what needs it fails at once and says so."""

import subprocess
import sys

PRELUDE = "from bot.engine.lean import keep_tensorflow_out; keep_tensorflow_out(); keep_tensorflow_out()\n"


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", PRELUDE + code], capture_output=True, text=True, check=False)


def test_modules_written_for_tensorflow_can_be_read() -> None:
    done = run(
        "import tensorflow as tf, tensorflow.keras.layers\n"
        "from tensorflow.keras.utils import Sequence\n"
        "@tf.function\n"
        "def twice(x: tf.Tensor, y: 'tf.Tensor[int]' = None): return 2 * x\n"
        "@tf.function(reduce_retracing=True)\n"
        "def thrice(x): return 3 * x\n"
        "class Layer(tf.keras.layers.Layer): pass\n"
        "print(twice(2), thrice(3))"
    )
    assert (done.returncode, done.stdout) == (0, "4 9\n"), done.stderr


def test_a_network_cannot_be_built() -> None:
    done = run("import tensorflow as tf\nclass Net(tf.keras.Model): pass\nNet(3)")
    assert "Net needs TensorFlow, which the engine keeps out" in done.stderr
