"""Settings by topic. Every value that differs between machines comes from the environment."""

from .accounts import *  # noqa: F403
from .apps import *  # noqa: F403
from .city import *  # noqa: F403
from .data import *  # noqa: F403
from .env import *  # noqa: F403
from .geo import *  # noqa: F403
from .limits import *  # noqa: F403
from .logs import *  # noqa: F403
from .mail import *  # noqa: F403
from .security import *  # noqa: F403
from .switches import *  # noqa: F403
from .web import *  # noqa: F403
from .work import *  # noqa: F403
