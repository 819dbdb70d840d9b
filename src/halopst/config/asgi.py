import os
import warnings

from django.core.asgi import get_asgi_application

from halopst.config.stopping import told_when_stopped

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halopst.config.settings")
# Files reach the server in pieces read on a thread; nobody who runs an office can act on being told so.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = told_when_stopped(get_asgi_application())
