from ninja import NinjaAPI

from halopst.config import problems
from halopst.config.authentication import signed_in

api = NinjaAPI(title="HaloPST", version="1", urls_namespace="api", docs_url="/docs", auth=signed_in)
problems.register(api)
