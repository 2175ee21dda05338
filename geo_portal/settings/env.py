"""The environment, read once. A value of the wrong type stops the start, and the error names it."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()

# "demo" (bin/run), "test" (bin/test) or "production". No default: a forgotten variable
# must not open a public server in demo mode.
PORTAL_MODE = env.str("PORTAL_MODE", "production")
IS_PRODUCTION = PORTAL_MODE == "production"
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
