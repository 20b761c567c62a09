/**
 * Stands in the head of the page as it is delivered and asks for the show while the page's scripts are still on their way: on a slow network that is a
 * round trip less until something can be read and pressed. Plain words of 2015, because nothing translates it; `asked-ahead.ts` takes the answer.
 */
export const ASK_AHEAD = `(function(){
var id=/^\\/v\\/([\\w.~-]{1,80})\\/?$/.exec(location.pathname);
if(!id||self!==top||/miniProgram/i.test(navigator.userAgent)||!self.fetch)return;
var asked={path:"/api/v1/viewer/sessions/"+id[1],sentAt:Date.now(),receivedAt:0};
asked.answer=fetch(asked.path,{cache:"no-store"}).then(function(answer){asked.receivedAt=Date.now();return answer});
asked.answer.catch(function(){});
self.kaiboAsked=asked;
})()`;
